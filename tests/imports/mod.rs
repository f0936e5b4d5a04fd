//! Which file of a crate names which other: read from its `use` lines and paths. Comments, texts and what is
//! built for tests alone are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// By file, as a path below the crate's `src`, the files it names.
pub type Imports = BTreeMap<String, BTreeSet<String>>;

/// A module, as the names on the way to it from the crate's root.
type Module = Vec<String>;

/// A file with its text.
type Text = (PathBuf, String);

/// The files below a folder, in order.
pub fn files_below(folder: &Path) -> Vec<Text> {
    let mut found = Vec::new();
    let mut paths = vec![folder.to_owned()];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    assert!(!found.is_empty(), "{} has no files", folder.display());
    found.sort();
    found
}

/// The imports within the crate whose `src` this is.
pub fn imports_of(src: &Path) -> Imports {
    let mut files = BTreeMap::new();
    for (path, text) in files_below(src) {
        let name = path.strip_prefix(src).unwrap().to_str().unwrap().replace('\\', "/");
        files.insert(module_of(&name), (name, without_tests(&code_of(&text))));
    }
    let mut imports = Imports::new();
    for (module, (name, text)) in &files {
        let mut reader = Reader { files: &files, found: BTreeSet::new() };
        reader.read(module, text, &BTreeMap::new());
        reader.found.remove(name);
        imports.insert(name.clone(), reader.found);
    }
    imports
}

fn module_of(file: &str) -> Module {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    let root = ["lib", "main", "mod"].contains(&path);
    if root { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// The code of a file: comments gone, texts empty.
pub fn code_of(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
            continue;
        }
        if rest.starts_with("r\"") || rest.starts_with("r#\"") {
            let (open, close) = if rest.starts_with("r#") { (3, "\"#") } else { (2, "\"") };
            let end = rest[open..].find(close).expect("a raw text ends") + open + close.len();
            code.push_str("\"\"");
            rest = &rest[end..];
            continue;
        }
        if next == '"' {
            let mut end = 1;
            while !rest[end..].starts_with('"') {
                end += if rest[end..].starts_with('\\') { 2 } else { 1 };
                while !rest.is_char_boundary(end) {
                    end += 1;
                }
            }
            code.push_str("\"\"");
            rest = &rest[end + 1..];
            continue;
        }
        if next == '\'' {
            // A character; a lifetime has no second quote so near.
            let body: String = rest.chars().skip(1).take(2).collect();
            let escaped = body.starts_with('\\');
            let length = if escaped { rest[2..].find('\'').map(|at| at + 3) } else { None };
            let plain = body.chars().nth(1) == Some('\'');
            if escaped || plain {
                let end = length.unwrap_or_else(|| 2 + body.chars().next().unwrap().len_utf8());
                code.push_str("' '");
                rest = &rest[end.min(rest.len())..];
                continue;
            }
        }
        code.push(next);
        rest = &rest[next.len_utf8()..];
    }
    code
}

/// What is left of a file's code without the items that are built for tests alone.
pub fn without_tests(code: &str) -> String {
    const FOR_TESTS: &str = "#[cfg(test)]";
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = rest.find(FOR_TESTS) {
        kept.push_str(&rest[..at]);
        rest = &rest[at + FOR_TESTS.len()..];
        rest = &rest[end_of_item(rest)..];
    }
    kept + rest
}

/// What is left of a file's code without its constants.
pub fn without_constants(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = rest.find("const ") {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_function = rest.starts_with("const fn");
        let end = if is_function { "const fn".len() } else { end_of_item(rest) };
        rest = &rest[end..];
    }
    kept + rest
}

/// Where the first item of this code ends: at its semicolon, or with its braces.
fn end_of_item(code: &str) -> usize {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    let import = code.trim_start().starts_with("use ");
                    return if import { at + 2 } else { at + 1 };
                }
            }
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

struct Reader<'f> {
    files: &'f BTreeMap<Module, (String, String)>,
    found: BTreeSet<String>,
}

impl Reader<'_> {
    /// Reads the code of a module; `outer` are the modules it has by name.
    fn read(&mut self, module: &Module, code: &str, outer: &BTreeMap<String, Module>) {
        let mut named = outer.clone();
        for child in self.files.keys().filter(|it| it.len() == module.len() + 1) {
            if child.starts_with(module) {
                named.insert(child[module.len()].clone(), child.clone());
            }
        }
        let (code, inner) = apart(code);
        let (uses, code) = uses_of(&code);
        for (path, name) in uses {
            let Some(path) = resolved(module, &path, &named) else { continue };
            match self.files.contains_key(&path) {
                // A folder as such says nothing yet: what it is asked for does.
                true => {
                    self.note_leaf(&path);
                    named.insert(name, path);
                }
                false => self.note(&path),
            }
        }
        for path in paths_in(&code) {
            if let Some(path) = resolved(module, &path, &named) {
                self.note(&path);
            }
        }
        for (name, code) in inner {
            let module: Module = module.iter().cloned().chain([name]).collect();
            self.read(&module, &code, &BTreeMap::new());
        }
    }

    /// A module that has no others in it is named for its own sake.
    fn note_leaf(&mut self, module: &Module) {
        let leaf = !self.files.keys().any(|it| it.len() > module.len() && it.starts_with(module));
        if leaf {
            self.found.insert(self.files[module].0.clone());
        }
    }

    /// Something in a module is named: the file of the innermost one there is.
    fn note(&mut self, path: &Module) {
        for length in (0..path.len()).rev() {
            if let Some((file, _)) = self.files.get(&path[..length]) {
                self.found.insert(file.clone());
                return;
            }
        }
    }
}

/// A path from the crate's root on, if it stays within the crate.
fn resolved(module: &Module, path: &[String], named: &BTreeMap<String, Module>) -> Option<Module> {
    let mut at = match path[0].as_str() {
        "crate" => Vec::new(),
        "self" => module.clone(),
        "super" => module[..module.len().checked_sub(1)?].to_vec(),
        name => named.get(name)?.clone(),
    };
    for step in &path[1..] {
        match step.as_str() {
            "super" => drop(at.pop()),
            "self" => {}
            step => at.push(step.to_owned()),
        }
    }
    Some(at)
}

/// Code without the modules written out in it, and these with their names.
fn apart(code: &str) -> (String, Vec<(String, String)>) {
    let (mut own, mut inner) = (String::new(), Vec::new());
    let mut rest = code;
    while let Some((at, name, open)) = next_module(rest) {
        own.push_str(&rest[..at]);
        let end = at + end_of_item(&rest[at..]);
        inner.push((name, rest[open + 1..end - 1].to_owned()));
        rest = &rest[end..];
    }
    (own + rest, inner)
}

/// Where the next `mod name {` begins, its name, and its brace.
fn next_module(code: &str) -> Option<(usize, String, usize)> {
    for (at, _) in code.match_indices("mod ") {
        let starts_word = at == 0 || code[..at].ends_with([' ', '\n']);
        let after = &code[at + 4..];
        let name: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let brace = after[name.len()..].trim_start();
        if starts_word && !name.is_empty() && brace.starts_with('{') {
            return Some((at, name, at + 4 + after.len() - brace.len()));
        }
    }
    None
}

/// What the `use` lines bring in, each with the name it has from then on, and the code without them.
fn uses_of(code: &str) -> (Vec<(Vec<String>, String)>, String) {
    let (mut uses, mut left) = (Vec::new(), String::new());
    let mut rest = code;
    while let Some(at) = rest
        .match_indices("use ")
        .map(|(at, _)| at)
        .find(|at| *at == 0 || rest[..*at].ends_with(['\n', ' ', ')']))
    {
        left.push_str(&rest[..at]);
        let end = at + rest[at..].find(';').unwrap_or(rest.len() - at - 1);
        spread_out(&[], rest[at + 4..end].trim(), &mut uses);
        rest = &rest[end + 1..];
    }
    (uses, left + rest)
}

/// Spreads out `a::{b, c as d}` into its paths.
fn spread_out(before: &[String], tree: &str, to: &mut Vec<(Vec<String>, String)>) {
    let tree = tree.trim();
    let words = |path: &str| {
        let steps = path.split("::").map(|step| step.trim().to_owned());
        before.iter().cloned().chain(steps.filter(|step| !step.is_empty())).collect::<Vec<_>>()
    };
    if let Some(open) = tree.find('{') {
        let before = words(&tree[..open]);
        let inside = &tree[open + 1..tree.rfind('}').expect("braces are closed")];
        let (mut depth, mut from) = (0, 0);
        for (at, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    spread_out(&before, &inside[from..at], to);
                    from = at + 1;
                }
                _ => {}
            }
        }
        spread_out(&before, &inside[from..], to);
    } else if !tree.is_empty() {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let mut path = words(path);
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name =
            if name.is_empty() { path.last().unwrap().clone() } else { name.trim().to_owned() };
        to.push((path, name));
    }
}

/// Paths of more than one step that stand in code.
fn paths_in(code: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    for (at, _) in code.match_indices("::") {
        let head = &code[..at];
        let start = head.rfind(|c| !is_of_word(c)).map_or(0, |it| it + 1);
        // The first step only: the others belong to a path that has been taken, or to a type.
        if start == at || head[..start].ends_with("::") || head[..start].ends_with('.') {
            continue;
        }
        let mut path = vec![head[start..].to_owned()];
        let mut rest = &code[at..];
        while let Some(after) = rest.strip_prefix("::") {
            let step: String = after.chars().take_while(|c| is_of_word(*c)).collect();
            if step.is_empty() {
                break;
            }
            rest = &after[step.len()..];
            path.push(step);
        }
        if path.len() > 1 {
            paths.push(path);
        }
    }
    paths
}

/// The circles among files: each a set of files of which every one leads to every other.
pub fn circles(imports: &Imports) -> Vec<BTreeSet<String>> {
    let reach: BTreeMap<&String, BTreeSet<&String>> =
        imports.keys().map(|file| (file, reached(imports, file))).collect();
    let mut circles: Vec<BTreeSet<String>> = Vec::new();
    for file in imports.keys().filter(|file| reach[file].contains(file)) {
        if circles.iter().any(|circle| circle.contains(file)) {
            continue;
        }
        let with = reach[file].iter().filter(|other| reach[**other].contains(file));
        circles.push(with.map(|other| (*other).clone()).collect());
    }
    circles
}

/// Whatever one comes to from a file, by its imports and theirs.
fn reached<'i>(imports: &'i Imports, file: &String) -> BTreeSet<&'i String> {
    let mut reached = BTreeSet::new();
    let mut ahead: Vec<&String> = imports[file].iter().collect();
    while let Some(next) = ahead.pop() {
        if reached.insert(next) {
            ahead.extend(&imports[next]);
        }
    }
    reached
}
