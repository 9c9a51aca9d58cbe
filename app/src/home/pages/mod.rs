//! One file per address; the library of rights has a folder.

pub mod accessibility;
pub mod chooser;
pub mod exit;
pub mod gallery;
pub mod home;
pub mod privacy;
pub mod reading;
pub mod rights;
pub mod voice;

use crate::ui::{
    Reader,
    shell::{Frame, Head},
};
use leptos::prelude::*;

/// The head of a page that exists in all languages and holds no island.
fn head(reader: Reader, title: &str, path: &str, frame: Frame) -> Head {
    Head { reader, title: reader.plain(title), path: Some(path.to_owned()), bundle: None, frame }
}

/// A heading and paragraphs below it.
fn passage(reader: Reader, title: &str, paragraphs: &[&str]) -> impl IntoView + use<> {
    let paragraphs: Vec<_> = paragraphs.iter().map(|text| view! { <p inner_html=reader.rich(text)></p> }).collect();
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(title)></h2>
            {paragraphs}
        </section>
    }
}

/// A heading and a list below it.
fn list(reader: Reader, title: &str, items: &[&str]) -> impl IntoView + use<> {
    let items: Vec<_> = items.iter().map(|text| view! { <li inner_html=reader.rich(text)></li> }).collect();
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(title)></h2>
            <ul>{items}</ul>
        </section>
    }
}
