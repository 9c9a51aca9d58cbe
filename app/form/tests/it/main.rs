//! All tests that use the crate from outside, in one binary so that it is linked once.

#[cfg(test)]
mod arbitrary;
#[cfg(test)]
mod arbitrary_expression;
#[cfg(test)]
mod day;
#[cfg(test)]
mod decimals;
#[cfg(test)]
mod entry;
#[cfg(test)]
mod example;
#[cfg(test)]
mod expressions;
#[cfg(test)]
mod flow;
#[cfg(test)]
#[cfg(feature = "format-1")]
mod format_1;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod json;
#[cfg(test)]
mod language;
#[cfg(test)]
mod payload;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod publishing;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod robustness;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod sketch;
#[cfg(test)]
mod validation;
