//! All tests that use the crate from outside, in one binary so that it is linked once.

#[cfg(test)]
mod arbitrary;
#[cfg(test)]
mod day;
#[cfg(test)]
mod entry;
#[cfg(test)]
mod evaluation;
#[cfg(test)]
mod example;
#[cfg(test)]
mod flow;
#[cfg(test)]
mod payload;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod publishing;
#[cfg(test)]
mod robustness;
#[cfg(test)]
mod validation;
