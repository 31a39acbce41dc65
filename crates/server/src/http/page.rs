//! Lists as keyset pages: an opaque cursor, a limit, an honest count; never an offset.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::{Problem, Text};

/// Items of a page when nobody asks for a number.
const USUAL: u32 = 50;
/// Items of a page at most.
const MOST: u32 = 500;
/// What a list is counted up to when the exact number would mean reading all of it.
pub const COUNTED_UP_TO: i64 = 10_000;

/// Which page is wanted. Filters of a list are a second `Query`.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// The cursor that the page before gave as `next`.
    after: Option<String>,
    /// How many items, 500 at most.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
}

/// How many there are in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Count {
    /// How many; at least so many when not exact.
    pub value: i64,
    /// Whether all were counted.
    pub exact: bool,
}

/// Some items of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    /// In the order of the list.
    pub items: Vec<T>,
    /// The cursor of the next page; none at the end.
    #[schema(required = false)]
    pub next: Option<String>,
    /// How many there are in all.
    pub count: Count,
}

impl Count {
    /// All were counted.
    pub fn exact(value: i64) -> Self {
        Self { value, exact: true }
    }

    /// The answer of a statement that stops counting at [`COUNTED_UP_TO`] and one.
    pub fn up_to(value: i64) -> Self {
        Self {
            value: value.min(COUNTED_UP_TO),
            exact: value <= COUNTED_UP_TO,
        }
    }
}

impl PageQuery {
    /// The page that a posted search asks for.
    pub fn new(after: Option<String>, limit: Option<u32>) -> Self {
        Self { after, limit }
    }

    /// How many items are wanted.
    pub fn limit(&self) -> Result<i64, Problem> {
        match self.limit.unwrap_or(USUAL) {
            limit @ 1..=MOST => Ok(i64::from(limit)),
            _ => Err(
                Problem::invalid(Text::new("limit 应为 1 至 500", "limit is 1 to 500"))
                    .field("limit"),
            ),
        }
    }

    /// Where the page before ended.
    pub fn after<C: DeserializeOwned>(&self) -> Result<Option<C>, Problem> {
        let Some(text) = &self.after else {
            return Ok(None);
        };
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let cursor = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        cursor.map(Some).ok_or_else(|| {
            let title = Text::new(
                "翻页位置无效，请从第一页开始",
                "the cursor is not one of this list; start at the first page",
            );
            Problem::new(StatusCode::BAD_REQUEST, "invalid_cursor", title).field("after")
        })
    }
}

impl<T> Page<T> {
    /// A page out of up to `limit + 1` items: the one too many only says that there is more.
    pub fn of<C: Serialize>(
        mut items: Vec<T>,
        limit: i64,
        count: Count,
        cursor: impl FnOnce(&T) -> C,
    ) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let is_last = items.len() <= limit;
        items.truncate(limit);
        let next = items.last().filter(|_| !is_last).and_then(|last| {
            let bytes = serde_json::to_vec(&cursor(last)).ok()?;
            Some(URL_SAFE_NO_PAD.encode(bytes))
        });
        Self { items, next, count }
    }

    /// Items of a list that knows itself where it goes on.
    pub fn continued<C: Serialize>(items: Vec<T>, next: Option<C>, count: Count) -> Self {
        let written = next.and_then(|next| serde_json::to_vec(&next).ok());
        let next = written.map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        Self { items, next, count }
    }

    /// The same page of what is made of its items.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(change).collect(),
            next: self.next,
            count: self.count,
        }
    }

    /// All items of a short list.
    pub fn whole(items: Vec<T>) -> Self {
        let count = Count::exact(i64::try_from(items.len()).unwrap_or(i64::MAX));
        Self {
            items,
            next: None,
            count,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(first: i64, limit: i64) -> Page<i64> {
        let items = (first..12).take(usize::try_from(limit).unwrap() + 1);
        Page::of(items.collect(), limit, Count::exact(12), |last| {
            (*last, "x")
        })
    }

    #[test]
    fn following_the_cursors_visits_every_item_once() {
        for limit in 1..15 {
            let mut seen: Vec<i64> = Vec::new();
            let mut query = PageQuery::default();
            loop {
                let after: Option<(i64, String)> = query.after().unwrap();
                let page = numbers(after.map_or(0, |(last, _)| last + 1), limit);
                seen.extend(&page.items);
                query.after = page.next;
                if query.after.is_none() {
                    break;
                }
            }
            assert_eq!(seen, (0..12).collect::<Vec<_>>(), "limit {limit}");
        }
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let query = PageQuery {
            after: numbers(0, 3).next,
            limit: Some(501),
        };
        assert_eq!(
            query.after::<Vec<bool>>().unwrap_err().code(),
            "invalid_cursor"
        );
        assert_eq!(query.limit().unwrap_err().code(), "invalid_request");
    }

    #[test]
    fn a_count_that_stopped_says_so() {
        assert_eq!(Count::up_to(COUNTED_UP_TO), Count::exact(COUNTED_UP_TO));
        assert!(!Count::up_to(COUNTED_UP_TO + 1).exact);
    }
}
