//! Reads a definition from JSON, by hand and strictly: what is not understood is refused with its place, so that
//! nothing of what an author wrote is dropped in silence.

use crate::day::Day;
use crate::decimal::Decimal;
use crate::definition::{Calculation, Constraint, Definition, Group, Question};
use crate::expression::Expression;
use crate::fault::{Fault, FaultKind};
use crate::json::Tree;
use crate::kind::{Choice, Kind, Layout, Precision};
use crate::parse::ParseError;
use crate::text::Text;

type Read<T> = Result<T, Fault>;

impl Definition {
    /// Reads a definition; whether it holds is for [`crate::Published`].
    ///
    /// # Errors
    /// The first place that cannot be read.
    pub fn read(json: &[u8]) -> Result<Definition, Fault> {
        let text = std::str::from_utf8(json).map_err(|error| not_json(json, error.valid_up_to()))?;
        let tree = Tree::parse(text).map_err(|error| not_json(json, error.0))?;
        #[cfg(feature = "format-1")]
        let tree = crate::format_1::upgrade(tree);
        definition(tree)
    }
}

fn not_json(json: &[u8], at: usize) -> Fault {
    let before = json.get(..at).unwrap_or(json);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    Fault { place: String::new(), kind: FaultKind::NotJson { line, column } }
}

/// An object whose fields are taken out one by one; what is left at the end is too much.
struct Object {
    place: String,
    fields: Vec<(String, Tree)>,
}

fn fault<T>(place: &str, kind: FaultKind) -> Read<T> {
    Err(Fault { place: place.to_owned(), kind })
}

fn below(place: &str, step: &str) -> String {
    if place.is_empty() { step.to_owned() } else { [place, "/", step].concat() }
}

impl Object {
    fn of(place: &str, tree: Tree) -> Read<Object> {
        match tree {
            Tree::Object(fields) => Ok(Object { place: place.to_owned(), fields }),
            _ => fault(place, FaultKind::UnexpectedType),
        }
    }

    /// A field with its place; nothing if it is absent.
    fn find(&mut self, name: &str) -> Option<(String, Tree)> {
        let index = self.fields.iter().position(|(field, _)| field == name)?;
        let (_, tree) = self.fields.remove(index);
        Some((below(&self.place, name), tree))
    }

    fn optional<T>(&mut self, name: &str, read: fn(&str, Tree) -> Read<T>) -> Read<Option<T>> {
        self.find(name).map(|(place, tree)| read(&place, tree)).transpose()
    }

    fn required<T>(&mut self, name: &str, read: fn(&str, Tree) -> Read<T>) -> Read<T> {
        match self.optional(name, read)? {
            Some(value) => Ok(value),
            None => fault(&below(&self.place, name), FaultKind::MissingField),
        }
    }

    fn flag(&mut self, name: &str) -> Read<bool> {
        Ok(self.optional(name, flag)?.unwrap_or(false))
    }

    /// A list, or none if it is absent.
    fn list<T>(&mut self, name: &str, read: fn(&str, Tree) -> Read<T>) -> Read<Vec<T>> {
        let Some((place, tree)) = self.find(name) else { return Ok(Vec::new()) };
        let Tree::List(items) = tree else { return fault(&place, FaultKind::UnexpectedType) };
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            list.push(read(&below(&place, &step(&item, index)), item)?);
        }
        Ok(list)
    }

    /// Which of these words a field says; the first if it is absent.
    fn word(&mut self, name: &str, words: &[&str]) -> Read<usize> {
        let Some((place, tree)) = self.find(name) else { return Ok(0) };
        let word = string(&place, tree)?;
        match words.iter().position(|known| *known == word) {
            Some(index) if index > 0 => Ok(index),
            _ => fault(&place, FaultKind::UnsupportedAppearance),
        }
    }

    fn done<T>(self, value: T) -> Read<T> {
        match self.fields.first() {
            None => Ok(value),
            // A name of somebody's own making is not repeated, but where it has the form of ours.
            Some((name, _)) if crate::names::is_name(name) => fault(&below(&self.place, name), FaultKind::UnknownField),
            Some(_) => fault(&self.place, FaultKind::UnknownField),
        }
    }
}

/// Questions, groups and choices stand in places by name, other items by number from 0.
fn step(item: &Tree, index: usize) -> String {
    if let Tree::Object(fields) = item {
        for (field, value) in fields {
            if let (true, Tree::Text(name)) = (field == "name" || field == "code", value)
                && (crate::names::is_name(name) || crate::names::is_code(name))
            {
                return name.clone();
            }
        }
    }
    index.to_string()
}

fn flag(place: &str, tree: Tree) -> Read<bool> {
    if let Tree::Flag(flag) = tree { Ok(flag) } else { fault(place, FaultKind::UnexpectedType) }
}

fn string(place: &str, tree: Tree) -> Read<String> {
    if let Tree::Text(text) = tree { Ok(text) } else { fault(place, FaultKind::UnexpectedType) }
}

fn number(place: &str, tree: Tree) -> Read<i64> {
    if let Tree::Number(number) = tree { Ok(number) } else { fault(place, FaultKind::UnexpectedType) }
}

fn small(place: &str, tree: Tree) -> Read<u32> {
    u32::try_from(number(place, tree)?).or_else(|_| fault(place, FaultKind::UnexpectedType))
}

fn decimal(place: &str, tree: Tree) -> Read<Decimal> {
    let number = match tree {
        Tree::Number(number) => Decimal::whole(number),
        Tree::Text(text) => Decimal::parse(&text),
        _ => None,
    };
    number.map_or_else(|| fault(place, FaultKind::UnexpectedType), Ok)
}

fn day(place: &str, tree: Tree) -> Read<Day> {
    let day = Day::parse(&string(place, tree)?);
    day.map_or_else(|| fault(place, FaultKind::NotADay), Ok)
}

fn text(place: &str, tree: Tree) -> Read<Text> {
    let object = Object::of(place, tree)?;
    let mut text = Text::default();
    for (language, words) in object.fields {
        let place = if crate::names::is_language_tag(&language) { below(place, &language) } else { place.to_owned() };
        text.set(language, string(&place, words)?);
    }
    Ok(text)
}

fn expression(place: &str, tree: Tree) -> Read<Expression> {
    #[cfg(feature = "format-1")]
    if let Tree::Expression(expression) = tree {
        return Ok(expression);
    }
    let text = string(place, tree)?;
    crate::parse::parse(&text).map_err(|error| Fault {
        place: place.to_owned(),
        kind: match error {
            ParseError::Unexpected { at } => FaultKind::BadExpression { at },
            ParseError::UnknownFunction { at } => FaultKind::UnsupportedFunction { at },
            ParseError::WrongArity { at } => FaultKind::WrongArity { at },
            ParseError::TooDeep => FaultKind::TooDeep,
            ParseError::TooLong => FaultKind::TooLong,
        },
    })
}

fn definition(tree: Tree) -> Read<Definition> {
    let mut object = Object::of("", tree)?;
    // The format comes first: of another one nothing else can be said.
    let format = object.required("format", small)?;
    if format != crate::DEFINITION_FORMAT {
        return fault("format", FaultKind::UnsupportedFormat);
    }
    let definition = Definition {
        format,
        slug: object.required("slug", string)?,
        version: object.required("version", string)?,
        languages: object.list("languages", string)?,
        title: object.required("title", text)?,
        purpose: object.required("purpose", text)?,
        groups: object.list("groups", group)?,
        questions: object.list("questions", question)?,
        calculations: object.list("calculations", calculation)?,
    };
    object.done(definition)
}

fn group(place: &str, tree: Tree) -> Read<Group> {
    let mut object = Object::of(place, tree)?;
    let group = Group {
        name: object.required("name", string)?,
        label: object.required("label", text)?,
        hint: object.optional("hint", text)?,
        relevant: object.optional("relevant", expression)?,
        is_page: object.word("appearance", &["", "field_list"])? == 1,
    };
    object.done(group)
}

fn question(place: &str, tree: Tree) -> Read<Question> {
    let mut object = Object::of(place, tree)?;
    let question = Question {
        name: object.required("name", string)?,
        group: object.optional("group", string)?,
        label: object.required("label", text)?,
        hint: object.optional("hint", text)?,
        kind: object.required("kind", kind)?,
        required: object.flag("required")?,
        relevant: object.optional("relevant", expression)?,
        constraint: object.optional("constraint", constraint)?,
        may_decline: object.flag("may_decline")?,
        may_not_know: object.flag("may_not_know")?,
        sensitivity: object.optional("sensitivity", small)?.map_or(0, |level| u8::try_from(level).unwrap_or(u8::MAX)),
        indicators: object.list("indicators", string)?,
    };
    object.done(question)
}

fn constraint(place: &str, tree: Tree) -> Read<Constraint> {
    let mut object = Object::of(place, tree)?;
    let constraint = Constraint {
        expression: object.required("expression", expression)?,
        message: object.required("message", text)?,
    };
    object.done(constraint)
}

fn calculation(place: &str, tree: Tree) -> Read<Calculation> {
    let mut object = Object::of(place, tree)?;
    let calculation = Calculation {
        name: object.required("name", string)?,
        label: object.required("label", text)?,
        expression: object.required("expression", expression)?,
    };
    object.done(calculation)
}

fn choice(place: &str, tree: Tree) -> Read<Choice> {
    let mut object = Object::of(place, tree)?;
    let choice = Choice {
        code: object.required("code", string)?,
        label: object.required("label", text)?,
        exclusive: object.flag("exclusive")?,
        from: object.optional("from", day)?,
        until: object.optional("until", day)?,
    };
    object.done(choice)
}

fn kind(place: &str, tree: Tree) -> Read<Kind> {
    let mut object = Object::of(place, tree)?;
    let name = object.required("type", string)?;
    let kind = match name.as_str() {
        "select_one" => Kind::SelectOne {
            choices: object.list("choices", choice)?,
            layout: match object.word("appearance", &["", "minimal", "likert"])? {
                1 => Layout::Minimal,
                2 => Layout::Likert,
                _ => Layout::List,
            },
        },
        "select_multiple" => Kind::SelectMultiple { choices: object.list("choices", choice)? },
        "integer" => Kind::Integer {
            min: object.required("min", number)?,
            max: object.required("max", number)?,
            unit: object.optional("unit", text)?,
            is_scale: object.word("appearance", &["", "scale"])? == 1,
        },
        "decimal" => Kind::Decimal {
            min: object.required("min", decimal)?,
            max: object.required("max", decimal)?,
            unit: object.optional("unit", text)?,
        },
        "text" => Kind::Text { max_bytes: object.required("max_bytes", small)?, multiline: object.flag("multiline")? },
        "date" => Kind::Date {
            precision: match object.word("appearance", &["", "month_year", "year"])? {
                1 => Precision::MonthYear,
                2 => Precision::Year,
                _ => Precision::Day,
            },
        },
        "time" => Kind::Time,
        "acknowledge" => Kind::Acknowledge,
        "note" => Kind::Note,
        _ => return fault(&below(place, "type"), FaultKind::UnsupportedKind),
    };
    object.done(kind)
}
