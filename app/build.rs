//! Turns `locales/` into the `i18n` module; a key missing in any language fails the build.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout)]

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};
use std::{collections::BTreeSet, path::PathBuf};

/// Words of every program.
const OF_ALL: [&str; 7] = ["shell", "home", "questionnaires", "offline", "phone", "answers", "events"];

/// Words of some programs, by the feature that makes them; each namespace weighs a hundred bytes where nobody reads it.
const OF_SOME: [(&str, &[&str]); 5] = [
    ("CONSOLE", &["desk"]),
    ("DESK", &["desk"]),
    ("VOICES", &["voices"]),
    ("MEMBERS", &["members"]),
    ("SSR", &["auth", "console", "guests", "mail", "planning", "registrations", "rights", "sharing", "taken"]),
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../locales");
    let options = ParseOptions::new().interpolate_display(true);
    let mut config = Config::new("ja").expect("ja is a language tag").locales_path("../locales").parse_options(options);
    for locale in ["ja-easy", "en", "zh-Hans", "vi"] {
        config = config.add_locale(locale).expect("a language tag");
    }
    config = config.add_namespaces(OF_ALL).expect("namespaces");
    let is_on = |feature: &str| std::env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    let wanted = OF_SOME.iter().filter(|(feature, _)| is_on(feature)).flat_map(|(_, namespaces)| namespaces.iter());
    config = config.add_namespaces(wanted.copied().collect::<BTreeSet<_>>()).expect("namespaces");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("i18n");
    let translations = TranslationsInfos::parse(config).expect("locales/ is readable");
    translations.emit_diagnostics();
    translations.rerun_if_locales_changed();
    translations.generate_i18n_module(out).expect("OUT_DIR is writable");
}
