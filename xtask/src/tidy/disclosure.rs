//! Nothing leaves the server but as `Disclosed<T>`: a handler does not return `Json<…>`.
//!
//! A heuristic on the signatures of `routes.rs`; the types do the rest.

use super::finding::Finding;
use super::tree::{SourceFile, Tree};

/// `Json<…>` as an argument is what a request brought, and fine.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.with_ending(".rs")
        .filter(|file| is_routes(file))
        .flat_map(check_file)
        .collect()
}

fn is_routes(file: &SourceFile) -> bool {
    let Some(rest) = file.path.strip_prefix("crates/server/src/") else {
        return false;
    };
    rest.ends_with("/routes.rs") || rest.contains("/routes/")
}

fn check_file(file: &SourceFile) -> Vec<Finding> {
    let code = file.code();
    let returns = code.match_indices("->").filter_map(|(position, arrow)| {
        let rest = &code[position + arrow.len()..];
        let answer = rest.split(['{', ';']).next()?;
        // Some extractors are called `…Json`; only the word itself is the bare answer.
        let bare = answer
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == "Json");
        bare.then(|| code[..position].matches('\n').count() + 1)
    });
    returns
        .map(|line| {
            let advice = "a handler returns `Json`: return `Disclosed<…>`, made by `protection` from value, actor and purpose";
            Finding::new(&file.path, line, advice)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    #[test]
    fn a_handler_that_answers_with_json_is_found() {
        let text = "async fn a(Json(b): Json<B>) -> Result<Disclosed<C>, Problem> {\n}\nasync fn d(\n) -> Result<\n    Json<E>,\n    Problem,\n> {\n}\n";
        let tree = Tree::of(&[
            ("crates/server/src/register/routes.rs", text),
            ("crates/server/src/register/mod.rs", text),
        ]);
        assert!(
            listed(&check(&tree))
                .starts_with("crates/server/src/register/routes.rs:4: a handler returns `Json`")
        );
        assert_eq!(check(&tree).len(), 1);
    }
}
