use super::record;
use crate::origin::Origin;
use serde_json::{Map, Value};

/// Objects nested deeper than this are not looked into.
const DEPTH: usize = 3;

/// The list of articles in an object that holds one, as search services answer: `{"articles": […]}`,
/// `{"response": {"docs": […]}}`.
pub(super) fn of_articles(object: &Map<String, Value>, origin: &Origin) -> Option<Vec<Value>> {
    find(object, origin, DEPTH).cloned()
}

fn find<'a>(object: &'a Map<String, Value>, origin: &Origin, depth: usize) -> Option<&'a Vec<Value>> {
    let holds = |items: &&Vec<Value>| {
        items.iter().take(20).any(|item| {
            item.as_object().is_some_and(|item| record::has_text(item, origin) || super::ninjs::is_item(item))
        })
    };
    let here = object.values().filter_map(Value::as_array).find(holds);
    here.or_else(|| {
        let inner = object.values().filter_map(Value::as_object);
        inner.filter(|_| depth > 0).find_map(|inner| find(inner, origin, depth - 1))
    })
}
