//! The timeline of a customer (时间线): what was learnt of it, who joined what, who looked at what.
//!
//! It is put together from records, memberships, merges, reviews and the audit log; nothing is kept
//! for it.

use std::collections::HashMap;

use domain::register::CustomerNumber;
use domain::resolution::MembershipReason;
use storage::Transaction;

use crate::audit;
use crate::http::{Count, Id, Instant, Page, Text};
use crate::register::{
    CustomerId, Member, RegisterError, Source, Standing, StoredRecord, members_of,
    records_of_series, standing,
};
use crate::resolution::merge::{MergeRow, list_merges};
use crate::resolution::review::{ReviewRow, ReviewState, reviews_of};
use crate::resolution::split::{SplitRow, list_splits};
use crate::resolution::wire::{EventKind, TimelineEntry};
use crate::store::Store;

/// Entries of the audit log that a timeline shows.
const UNMASKINGS_SHOWN: i64 = 500;

/// Where an entry stands: its instant, its kind, and what it is about.
type Place = (i64, u8, i64);

/// A page of what happened, newest first.
pub async fn timeline(
    store: &Store,
    number: CustomerNumber,
    after: Option<Place>,
    limit: i64,
) -> Result<Page<TimelineEntry>, RegisterError> {
    let mut transaction = store.database.read().await?;
    let standing = standing(&mut transaction, store, number, None).await?;
    let mut events = gather(&mut transaction, store, &standing).await?;
    drop(transaction);
    events.extend(unmaskings(store, standing.number()).await?);
    events.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
    let count = Count::exact(i64::try_from(events.len()).unwrap_or(i64::MAX));
    let before = after.unwrap_or((i64::MAX, u8::MAX, i64::MAX));
    let wanted = usize::try_from(limit).unwrap_or_default() + 1;
    let events = events.into_iter().filter(|(place, _)| *place < before);
    let events = events.take(wanted).collect();
    let page = Page::of(events, limit, count, |(place, _)| *place);
    Ok(page.map(|(_, entry)| entry))
}

/// An entry and its place.
type Event = (Place, TimelineEntry);

fn event(at: i64, kind: EventKind, id: i64, text: Text) -> Event {
    let entry = TimelineEntry {
        at: Instant(at),
        kind,
        text,
        actor: None,
        record: None,
    };
    ((at, kind as u8, id), entry)
}

async fn gather(
    transaction: &mut Transaction,
    store: &Store,
    standing: &Standing,
) -> Result<Vec<Event>, RegisterError> {
    let customer = standing.customer;
    let members = members_of(transaction, &[customer]).await?;
    let mut series: Vec<i64> = members.iter().map(|member| member.series).collect();
    series.dedup();
    let records = records_of_series(transaction, &store.keys, &series).await?;
    let mut events: Vec<Event> = records
        .iter()
        .filter(|record| is_ours(&members, record))
        .flat_map(|record| record_events(&standing.sources, record))
        .collect();
    let joined = |member| joined(&standing.sources, &records, member);
    events.extend(members.iter().filter_map(joined));
    let merges = list_merges(transaction, customer).await?;
    events.extend(merges.iter().flat_map(merge_events));
    let splits = list_splits(transaction, customer).await?;
    events.extend(splits.iter().map(|split| split_event(customer, split)));
    let reviews = reviews_of(transaction, &series).await?;
    events.extend(reviews.iter().flat_map(review_events));
    Ok(events)
}

/// Whether the record is of this customer: its series belongs to it now, or did when the record
/// was learnt. A series that a merge brought and its undoing took away tells nothing here of before.
fn is_ours(members: &[Member], record: &StoredRecord) -> bool {
    let learnt = record.recorded_at;
    members.iter().any(|member| {
        let was = |until| member.since <= learnt && learnt < until;
        member.series == record.head.series && member.until.is_none_or(was)
    })
}

fn record_events(sources: &HashMap<i64, Source>, record: &StoredRecord) -> Vec<Event> {
    let source = sources.get(&record.head.source);
    let name = source.map_or("", |source| source.said.name.as_str());
    let is_desk = source.is_some_and(|source| source.said.channel == "desk");
    let version = record.head.version;
    let (kind, text) = match version {
        1 if is_desk => (
            EventKind::Corrected,
            Text::new("经办人更正", "corrected at the desk"),
        ),
        1 => (
            EventKind::Record,
            Text::new(
                format!("{name} 提供新记录"),
                format!("a record from {name}"),
            ),
        ),
        _ => (
            EventKind::Version,
            Text::new(
                format!("{name} 更新为第 {version} 版"),
                format!("version {version} from {name}"),
            ),
        ),
    };
    let mut learnt = event(record.recorded_at, kind, record.head.id, text);
    learnt.1.actor.clone_from(&record.entered_by);
    learnt.1.record = Some(Id(record.head.id));
    let mut events = vec![learnt];
    if let Some(retired) = record.retired_at {
        let text = Text::new(
            format!("{name} 的记录被撤回"),
            format!("a record from {name} was withdrawn"),
        );
        let mut withdrawn = event(retired, EventKind::Withdrawn, record.head.id, text);
        withdrawn.1.record = Some(Id(record.head.id));
        events.push(withdrawn);
    }
    events
}

/// A series that joined for a reason worth telling; merges tell of themselves.
fn joined(
    sources: &HashMap<i64, Source>,
    records: &[StoredRecord],
    member: &Member,
) -> Option<Event> {
    let reason = member.reason?;
    if !matches!(reason, MembershipReason::SameKey(_)) {
        return None;
    }
    let mut of_series = records.iter();
    let record = of_series.find(|record| record.head.series == member.series)?;
    let source = sources.get(&record.head.source);
    let name = source.map_or("", |source| source.said.name.as_str());
    let why = reason.text();
    let text = Text::new(
        format!("{name} 的记录：{}", why.zh),
        format!("the record from {name}: {}", why.en),
    );
    let mut joined = event(member.since, EventKind::Joined, member.series, text);
    joined.1.record = Some(Id(record.head.id));
    Some(joined)
}

fn merge_events(merge: &MergeRow) -> Vec<Event> {
    let absorbed = CustomerNumber::from_sequence(merge.absorbed);
    let survivor = CustomerNumber::from_sequence(merge.survivor);
    let text = Text::new(
        format!("{absorbed} 并入 {survivor}：{}", merge.reason),
        format!("{absorbed} became one with {survivor}: {}", merge.reason),
    );
    let mut merged = event(merge.recorded_at, EventKind::Merged, merge.id, text);
    merged.1.actor = Some(merge.actor.clone());
    let mut events = vec![merged];
    if let Some(undone_at) = merge.undone_at {
        let text = Text::new(
            format!("{absorbed} 与 {survivor} 的合并被撤销"),
            format!("the merge of {absorbed} and {survivor} was taken back"),
        );
        let mut undone = event(undone_at, EventKind::Unmerged, merge.id, text);
        undone.1.actor.clone_from(&merge.undone_by);
        events.push(undone);
    }
    events
}

fn split_event(customer: CustomerId, split: &SplitRow) -> Event {
    let old = CustomerNumber::from_sequence(split.customer);
    let new = CustomerNumber::from_sequence(split.new_customer);
    let (series, reason) = (split.series, &split.reason);
    let text = if customer == split.customer {
        Text::new(
            format!("{series} 条记录拆出为 {new}：{reason}"),
            format!("{series} records were split off as {new}: {reason}"),
        )
    } else {
        Text::new(
            format!("{series} 条记录从 {old} 拆出：{reason}"),
            format!("{series} records were split off from {old}: {reason}"),
        )
    };
    let mut event = event(split.recorded_at, EventKind::Split, split.id, text);
    event.1.actor = Some(split.actor.clone());
    event
}

/// What was said of a review, each at its own instant.
fn review_events(review: &ReviewRow) -> Vec<Event> {
    let reason = review.reason.unwrap_or(MembershipReason::First).text();
    let verdict = match review.state {
        ReviewState::Different => ("核对结论：不同客户", "reviewed: two parties"),
        _ => ("核对结论：同一客户", "reviewed: one party"),
    };
    let opened = event(
        review.opened_at,
        EventKind::Review,
        review.id,
        reason.into(),
    );
    let told = [
        (
            &review.proposed,
            (
                "提出为同一客户，待复核",
                "proposed to be one; a second person must agree",
            ),
        ),
        (
            &review.returned,
            ("复核未同意，退回", "the second person did not agree"),
        ),
        (&review.decided, verdict),
    ];
    let told = told.into_iter().filter_map(|(said, (zh, en))| {
        let said = said.as_ref()?;
        let mut event = event(said.at, EventKind::Review, review.id, Text::new(zh, en));
        event.1.actor = Some(said.by.clone());
        Some(event)
    });
    // A proposal without a case before it opened the case at the same instant.
    let is_news = review
        .proposed
        .as_ref()
        .is_none_or(|it| it.at != review.opened_at);
    is_news.then_some(opened).into_iter().chain(told).collect()
}

async fn unmaskings(store: &Store, number: CustomerNumber) -> Result<Vec<Event>, RegisterError> {
    let filter = audit::Filter {
        action: Some("value.unmasked".to_owned()),
        subject: Some(format!("customer/{number}")),
    };
    let (entries, _) = audit::list(store, &filter, None, UNMASKINGS_SHOWN).await?;
    let show = |entry: audit::Entry| {
        let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap_or_default();
        let attribute = detail["attribute"].as_str().unwrap_or_default();
        let name = store.catalogue.named(attribute);
        let zh = name.map_or(attribute, |attribute| attribute.label.zh.as_str());
        let en = name.map_or(attribute, |attribute| attribute.label.en.as_str());
        let text = Text::new(format!("查看明文：{zh}"), format!("{en} was shown in full"));
        let mut event = event(entry.recorded_at, EventKind::Unmasked, entry.id, text);
        event.1.actor = Some(entry.actor);
        event
    };
    Ok(entries.into_iter().map(show).collect())
}
