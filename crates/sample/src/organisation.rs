//! An organisation or individual business as it is registered.

use crate::address::Address;
use crate::day::push_padded;
use crate::number;
use crate::population::Population;
use crate::random::{Random, Stream};
use crate::reference::{Reference, Trade};

const REGION_IN_BRACKETS: u16 = 1_500;
const THIRD_CHARACTER: u16 = 3_000;
const GENERIC_SCOPE: &str = "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）";

#[derive(Debug, Clone)]
pub(crate) struct Organisation {
    /// Whether it is an individual business (个体工商户).
    individual: bool,
    trade_name: [usize; 3],
    trade_name_length: usize,
    trade: usize,
    form: usize,
    region_in_brackets: bool,
    pub(crate) code: [u8; 9],
    pub(crate) address: Address,
    pub(crate) phone: u64,
    /// In units of 10,000 yuan.
    pub(crate) capital: u64,
}

impl Organisation {
    pub(crate) fn derive(population: &Population, number: u64, individual: bool) -> Self {
        let reference = &population.reference;
        let words = &reference.words;
        let mut random = population.random(Stream::Organisation, number);
        let kinds = if individual {
            &words.shop_kinds
        } else {
            &words.legal_forms
        };
        Self {
            individual,
            trade_name: std::array::from_fn(|_| random.skewed(words.trade_names.len())),
            trade_name_length: 2 + usize::from(random.chance(THIRD_CHARACTER)),
            trade: random.below(words.trades.len()),
            form: random.below(kinds.len()),
            region_in_brackets: random.chance(REGION_IN_BRACKETS),
            code: number::organisation(&mut random),
            address: Address::office(&mut random, reference),
            phone: 10_000_000 + random.below(79_999_999) as u64,
            capital: random.pick(&[3, 10, 50, 100, 200, 500, 1_000, 2_000, 5_000, 12_800]),
        }
    }

    /// The same organisation under a new trade name.
    pub(crate) fn rename(&mut self, random: &mut Random, reference: &Reference) {
        self.trade_name[0] = random.below(reference.words.trade_names.len());
        self.trade_name[1] = random.below(reference.words.trade_names.len());
    }

    pub(crate) fn trade<'a>(&self, reference: &'a Reference) -> &'a Trade {
        &reference.words.trades[self.trade]
    }

    pub(crate) fn write_name(&self, text: &mut String, reference: &Reference) {
        let words = &reference.words;
        let region = self.address.district(reference).region;
        if self.individual {
            text.push_str(self.address.district(reference).name);
            self.write_trade_name(text, reference);
            text.push_str(words.shop_kinds[self.form]);
            return;
        }
        if !self.region_in_brackets {
            text.push_str(region);
        }
        self.write_trade_name(text, reference);
        if self.region_in_brackets {
            text.push('（');
            text.push_str(region);
            text.push('）');
        }
        text.push_str(words.trades[self.trade].name);
        text.push_str(words.legal_forms[self.form]);
    }

    /// What people say for short: 华盛科技 for 杭州华盛科技有限公司.
    pub(crate) fn write_short_name(&self, text: &mut String, reference: &Reference) {
        let words = &reference.words;
        self.write_trade_name(text, reference);
        text.push_str(if self.individual {
            words.shop_kinds[self.form]
        } else {
            words.trades[self.trade].name
        });
    }

    fn write_trade_name(&self, text: &mut String, reference: &Reference) {
        for &part in &self.trade_name[..self.trade_name_length] {
            text.push_str(reference.words.trade_names[part]);
        }
    }

    pub(crate) fn write_credit_code(&self, text: &mut String, reference: &Reference) {
        let kind = 1 + u8::from(self.individual);
        let district = self.address.district(reference).code;
        text.push_str(number::text(&number::credit_code(
            kind, district, &self.code,
        )));
    }

    pub(crate) fn write_phone(&self, text: &mut String, reference: &Reference) {
        let codes = &reference.words.area_codes;
        text.push_str(codes[self.address.district % codes.len()]);
        text.push('-');
        push_padded(text, self.phone, 8);
    }

    /// Registered capital in one of the ways registers and forms write it.
    pub(crate) fn write_capital(&self, text: &mut String, way: usize) {
        if way == 1 {
            push_padded(text, self.capital * 10_000, 1);
            return;
        }
        push_padded(text, self.capital, 1);
        text.push_str(match way {
            2 => "万元人民币",
            3 => ".00万人民币",
            _ => "万元",
        });
    }

    pub(crate) fn write_scope(&self, text: &mut String, reference: &Reference) {
        text.push_str("一般项目：");
        for (position, scope) in self.trade(reference).scopes.iter().enumerate() {
            if position > 0 {
                text.push('；');
            }
            text.push_str(scope);
        }
        text.push_str(GENERIC_SCOPE);
    }
}
