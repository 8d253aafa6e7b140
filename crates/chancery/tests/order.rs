//! Data flow one way: a module of `chancery` uses only modules that `lib.rs` lists before it.

use std::{
    fs,
    path::{Path, PathBuf},
};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The modules, as `lib.rs` lists them.
fn listed(library: &str) -> Vec<&str> {
    let lines = library.lines().map(|l| l.strip_prefix("pub ").unwrap_or(l));
    lines.filter_map(|l| l.strip_prefix("mod ")?.strip_suffix(';')).collect()
}

/// The file of a module and those of its submodules, without those that hold tests only.
fn files(module: &str) -> Vec<PathBuf> {
    let mut files = vec![source().join(format!("{module}.rs"))];
    let mut folders = vec![source().join(module)];
    while let Some(folder) = folders.pop().filter(|f| f.is_dir()) {
        for entry in fs::read_dir(&folder).expect("a folder of the crate can be read") {
            let path = entry.expect("so can its entries").path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.push(path),
            }
        }
    }
    files.retain(|f| f.extension().is_some_and(|e| e == "rs") && !f.ends_with("tests.rs"));
    files.sort();
    files
}

/// The code of a file: no comments, nothing after the first `#[cfg(test)]`.
fn code(text: &str) -> String {
    let lines = text.lines().take_while(|l| l.trim() != "#[cfg(test)]").filter(|l| !l.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// What the code names right after `crate::`, also in braces: `use crate::{article::Article, sentence}` -> article, sentence.
fn used(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with('$')) {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => names.extend(in_braces(list)),
            None => names.push(name(rest)),
        }
    }
    names
}

/// The first name of each part of a list that ends at its closing brace.
fn in_braces(list: &str) -> Vec<String> {
    let (mut names, mut depth, mut begins) = (Vec::new(), 0, true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && !c.is_whitespace() => {
                names.push(name(&list[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn name(rest: &str) -> String {
    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Each use of a module that is not listed before the user, as `user uses used`.
fn against_order(modules: &[&str], uses: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (k, module) in modules.iter().enumerate() {
        let mut later: Vec<String> = uses(module).into_iter().filter(|u| u != module && !modules[..k].contains(&u.as_str())).collect();
        later.sort();
        later.dedup();
        wrong.extend(later.iter().map(|u| format!("{module} uses {u}")));
    }
    wrong
}

#[test]
fn a_module_uses_only_modules_listed_before_it() {
    let library = fs::read_to_string(source().join("lib.rs")).expect("lib.rs can be read");
    // evaluations and tests stand outside: they run the whole way, and nothing of the way uses them
    let modules: Vec<&str> = listed(&library).into_iter().filter(|m| !["eval", "annotated"].contains(m)).collect();
    assert!(modules.len() > 15, "the list of modules in lib.rs was not understood: {modules:?}");
    let uses = |module: &str| -> Vec<String> {
        let texts = files(module).into_iter().map(|f| fs::read_to_string(&f).unwrap_or_else(|e| panic!("{}: {e}", f.display())));
        texts.flat_map(|t| used(&code(&t))).collect()
    };
    assert!(uses("coder").contains(&"article".to_owned()), "the uses in coder.rs were not understood: {:?}", uses("coder"));
    let wrong = against_order(&modules, uses);
    assert!(wrong.is_empty(), "lib.rs lists them in another order, or data flow back:\n{}", wrong.join("\n"));
}

#[test]
fn uses_are_found_in_paths_and_in_braces() {
    let text = "//! crate::first\nuse crate::{\n    article,\n    coref::{self, Cast},\n    page::date as d,\n};\nfn f() { crate::scene::best(&[]) }\n\
                #[cfg(test)]\nmod tests { use crate::coder::Coder; }";
    assert_eq!(used(&code(text)), ["article", "coref", "page", "scene"]);
}

#[test]
fn a_use_of_a_later_module_is_found() {
    let uses = |module: &str| match module {
        "page" => vec!["page".to_owned(), "article".to_owned()],
        "article" => vec!["page".to_owned()],
        _ => Vec::new(),
    };
    assert_eq!(against_order(&["page", "article"], uses), ["page uses article"]);
    assert_eq!(against_order(&["article", "page"], uses), ["article uses page"]);
}
