//! The `OpenAPI` 3.1 document: written beside the handlers, put together here.

use serde_json::{Map, Value, json};
use utoipa::PartialSchema;
use utoipa::openapi::{Info, License, OpenApi, OpenApiBuilder};

use crate::http::problem;

/// The document before any route is in it.
pub fn head() -> OpenApi {
    let mut license = License::new("Apache-2.0");
    license.identifier = Some("Apache-2.0".to_owned());
    let mut info = Info::new("Hubu 户部", env!("CARGO_PKG_VERSION"));
    info.license = Some(license);
    OpenApiBuilder::new().info(info).build()
}

/// The document as it is served: every operation can answer with a problem and says how to sign
/// in, and a page of customers is called `CustomerRowPage`.
pub fn finish(document: &OpenApi) -> Result<Value, serde_json::Error> {
    let mut document = serde_json::to_value(document)?;
    rename_pages(&mut document);
    for operation in operations(&mut document) {
        let responses = operation.entry("responses").or_insert_with(|| json!({}));
        if let Some(responses) = responses.as_object_mut() {
            responses.insert("default".to_owned(), problem_response());
        }
    }
    document["components"]["schemas"]["Problem"] =
        serde_json::to_value(problem::Content::schema())?;
    document["components"]["securitySchemes"] = json!({
        "cookie": { "type": "apiKey", "in": "cookie", "name": "hubu_session" },
        "bearer": { "type": "http", "scheme": "bearer" },
    });
    document["security"] = json!([{ "cookie": [] }, { "bearer": [] }]);
    Ok(document)
}

fn operations(document: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    document["paths"]
        .as_object_mut()
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
}

fn problem_response() -> Value {
    json!({
        "description": "What went wrong and what to do.",
        "content": {
            "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } }
        }
    })
}

/// `Page_Source` is how a generic type is named; a person says `SourcePage`.
fn rename_pages(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            let old = std::mem::take(entries);
            for (name, mut inner) in old {
                rename_pages(&mut inner);
                entries.insert(page_name(&name), inner);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(rename_pages),
        Value::String(text) => {
            if let Some(name) = text.strip_prefix("#/components/schemas/") {
                *text = format!("#/components/schemas/{}", page_name(name));
            }
        }
        _ => {}
    }
}

fn page_name(name: &str) -> String {
    name.strip_prefix("Page_")
        .map_or_else(|| name.to_owned(), |item| format!("{item}Page"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_called_after_its_items() {
        let mut value = json!({
            "Page_Source": 1,
            "x": [{ "$ref": "#/components/schemas/Page_Source" }],
        });
        rename_pages(&mut value);
        assert_eq!(
            value,
            json!({ "SourcePage": 1, "x": [{ "$ref": "#/components/schemas/SourcePage" }] })
        );
    }
}
