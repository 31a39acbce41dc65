//! Samples of back-tests: what both sides say of some customers, each sealed with the key of its customer, so that it is
//! forgotten with it.

use domain::register::CustomerNumber;
use serde::{Deserialize, Serialize};
use vault::DataKey;

use crate::packs::refusal::PackError;
use crate::packs::text::hex;
use crate::packs::wire::RuleVerdict;
use crate::packs::wire_backtest::{BacktestResult, MovedCustomer};
use crate::protection::KeyScope;
use crate::register::{CustomerId, read_number};
use crate::store::Store;

/// Of the seals of samples; a change of what is bound to a block raises it.
const SEAL_VERSION: u8 = 1;

/// What a back-test found, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptResult {
    /// Without samples.
    found: BacktestResult,
    samples: Vec<KeptSample>,
}

/// A sampled customer of a rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeptSample {
    /// The place of the rule among those that move.
    rule: usize,
    customer: CustomerId,
    /// What both sides say, in hexadecimal digits.
    sealed: String,
}

/// What both sides say of a customer.
#[derive(Serialize, Deserialize)]
struct Said {
    before: Option<RuleVerdict>,
    after: Option<RuleVerdict>,
}

/// Seals the samples of what a back-test found. A customer whose key was destroyed meanwhile is left out.
pub(super) async fn seal(
    store: &Store,
    backtest: i64,
    found: &BacktestResult,
) -> Result<KeptResult, PackError> {
    let mut found = found.clone();
    let mut open: Vec<(usize, CustomerId, Said)> = Vec::new();
    for (rule, moved) in found.rules.iter_mut().enumerate() {
        for MovedCustomer {
            customer,
            before,
            after,
        } in moved.sampled.drain(..)
        {
            let customer = read_number(&customer)?.sequence();
            open.push((rule, customer, Said { before, after }));
        }
    }
    let customers: Vec<CustomerId> = open.iter().map(|(_, customer, _)| *customer).collect();
    let keys = store.keys.load(KeyScope::Customer, &customers).await?;
    let mut samples = Vec::with_capacity(open.len());
    for (rule, customer, said) in open {
        let Some(key) = keys.get(&customer) else {
            continue;
        };
        let bytes = serde_json::to_vec(&said).map_err(|_| PackError::DamagedBacktest(backtest))?;
        let bound = bound_to(backtest, rule);
        samples.push(KeptSample {
            rule,
            customer,
            sealed: hex(&store.keys.seal(key, &bound, &bytes)?),
        });
    }
    Ok(KeptResult { found, samples })
}

/// What a back-test found, with the samples of customers whose keys are there.
pub(super) async fn open(
    store: &Store,
    backtest: i64,
    kept: KeptResult,
) -> Result<BacktestResult, PackError> {
    let KeptResult { mut found, samples } = kept;
    let customers: Vec<CustomerId> = samples.iter().map(|sample| sample.customer).collect();
    let keys = store.keys.load(KeyScope::Customer, &customers).await?;
    for sample in samples {
        let Some(key) = keys.get(&sample.customer) else {
            continue;
        };
        let damaged = || PackError::DamagedBacktest(backtest);
        let said = opened(key, backtest, &sample).ok_or_else(damaged)?;
        let moved = found.rules.get_mut(sample.rule).ok_or_else(damaged)?;
        moved.sampled.push(MovedCustomer {
            customer: CustomerNumber::from_sequence(sample.customer).to_string(),
            before: said.before,
            after: said.after,
        });
    }
    Ok(found)
}

fn opened(key: &DataKey, backtest: i64, sample: &KeptSample) -> Option<Said> {
    let bytes = unhex(&sample.sealed)?;
    let plain = vault::open(key, &bound_to(backtest, sample.rule), &bytes).ok()?;
    serde_json::from_slice(&plain).ok()
}

fn bound_to(backtest: i64, rule: usize) -> [u8; 25] {
    let mut bytes = [0; 25];
    bytes[..8].copy_from_slice(b"backtest");
    bytes[8] = SEAL_VERSION;
    bytes[9..17].copy_from_slice(&backtest.to_be_bytes());
    bytes[17..].copy_from_slice(&(rule as u64).to_be_bytes());
    bytes
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    pairs.map(byte).collect()
}
