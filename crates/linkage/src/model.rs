//! What was learnt about a book, as a file that a person can read and change.

use serde::{Deserialize, Serialize};

use crate::blocking::{Extract, KeyPart, MOST_RECORDS_A_KEY, Rule};
use crate::book::Book;
use crate::frequencies::FrequencyModel;
use crate::guards::Guard;
use crate::kind::Kind;
use crate::learning::Learnt;
use crate::level::{Agreement, Level};
use crate::problem::ModelProblem;
use crate::survey::ColumnPlan;

/// How many rarities a level has, see [`Level`].
pub(crate) const RARITIES: usize = 8;

/// A linkage model: which fields are compared and how, what each level of agreement says, which records meet, and
/// from which chance on they are one party. The same model gives the same parties for the same records.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Model {
    /// Of this file; 1.
    pub version: u32,
    /// How many records it was learnt on.
    pub records: u64,
    /// The seed of the random pairs that it was learnt on.
    pub seed: u64,
    /// The odds, in bits, that two records drawn at random are one party.
    pub prior_bits: f32,
    /// The odds, in bits, from which on records are one party; 0 is as likely as not.
    pub threshold_bits: f32,
    /// The odds, in bits, from which on a person should look at what is not linked.
    #[serde(default = "review_bits")]
    pub review_bits: f32,
    /// How much is looked at and taken together, at most.
    #[serde(default)]
    pub limits: Limits,
    /// What is linked or held whatever the evidence.
    #[serde(default, rename = "guard", skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<Guard>,
    /// The columns that take part.
    #[serde(rename = "field")]
    pub fields: Vec<FieldModel>,
    /// Records that agree in all columns of one of these are compared.
    #[serde(rename = "rule")]
    pub rules: Vec<RuleModel>,
}

/// One in ten.
fn review_bits() -> f32 {
    -3.17
}

/// How much is looked at and taken together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// Records under one key above which the key says too little to compare them all.
    pub records_a_key: u32,
    /// Keys of one record that are looked at, in the order of the rules.
    pub keys_a_record: u32,
    /// Records of one party above which only a person joins more.
    pub records_a_party: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            records_a_key: MOST_RECORDS_A_KEY as u32,
            keys_a_record: 64,
            records_a_party: 500,
        }
    }
}

/// A column and what its agreement says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FieldModel {
    /// The column's name.
    pub name: String,
    /// How its cells are read.
    pub kind: Kind,
    /// Whether a cell may hold several values.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub several: bool,
    /// Another column beside whose agreement this one says less, as a district beside an address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
    /// What each agreement says.
    #[serde(rename = "level")]
    pub levels: Vec<LevelModel>,
    /// How frequent its values were where the model was learnt; as they are in the table, where that is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequent: Option<FrequencyModel>,
}

/// What one agreement says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LevelModel {
    /// Which.
    pub agreement: Agreement,
    /// How often two records of one party agree so.
    pub within: f64,
    /// How often two records of different parties agree so.
    pub between: f64,
    /// Evidence in bits, one number, or eight from the most frequent values to the rarest.
    pub bits: Vec<f32>,
    /// The same where the other column agrees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bits_beside: Vec<f32>,
}

/// Columns that must agree for two records to be compared.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleModel {
    /// One or two.
    pub parts: Vec<RulePart>,
}

/// A column and what of it must agree.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RulePart {
    /// The column's name.
    pub field: String,
    /// What of its value.
    pub extract: Extract,
}

/// Fields of a model.
pub const MOST_FIELDS: usize = 64;

impl Model {
    /// What was learnt, under the names of the columns.
    pub(crate) fn of(learnt: &Learnt, book: &Book, names: &[String], seed: u64) -> Self {
        let name = |field: usize| names[book.fields[field].plan.column].clone();
        let models = book
            .fields
            .iter()
            .enumerate()
            .map(|(field, column)| {
                let kind = column.plan.kind;
                let dependence = learnt.dependences[field].as_ref();
                let beside_chances = dependence.map(|dependence| &dependence.chances);
                FieldModel {
                    name: name(field),
                    kind,
                    several: column.plan.several,
                    beside: dependence.map(|dependence| name(dependence.on)),
                    levels: levels(kind, &learnt.m[field], &learnt.u[field], beside_chances),
                    frequent: Some(column.frequencies()),
                }
            })
            .collect();
        Self {
            version: 1,
            records: book.len() as u64,
            seed,
            prior_bits: 0.0,
            threshold_bits: 0.0,
            review_bits: review_bits(),
            limits: Limits::default(),
            guards: Vec::new(),
            fields: models,
            rules: Vec::new(),
        }
    }

    /// Links from this chance on.
    pub fn set_threshold(&mut self, chance: f64) {
        self.threshold_bits = rounded((chance / (1.0 - chance)).log2());
    }

    /// Takes these odds that two records drawn at random are one party.
    pub(crate) fn set_prior(&mut self, bits: f32) {
        self.prior_bits = rounded(f64::from(bits));
    }

    /// Takes these rules, under the names of its fields.
    pub(crate) fn set_rules(&mut self, rules: &[Rule]) {
        let part = |part: &KeyPart| RulePart {
            field: self.fields[part.field].name.clone(),
            extract: part.extract,
        };
        self.rules = rules
            .iter()
            .map(|rule| RuleModel {
                parts: rule.parts.iter().map(part).collect(),
            })
            .collect();
    }

    /// Whether everything that it names is there, and in the numbers that it wants.
    pub fn check(&self) -> Result<(), ModelProblem> {
        if self.version != 1 {
            return Err(ModelProblem::Version(self.version));
        }
        if self.fields.len() > MOST_FIELDS {
            return Err(ModelProblem::Fields(self.fields.len()));
        }
        let odds = [self.prior_bits, self.threshold_bits, self.review_bits];
        if !odds.iter().all(|bits| bits.is_finite()) {
            return Err(ModelProblem::NotFinite(
                "its prior or its thresholds".to_owned(),
            ));
        }
        let Limits {
            records_a_key,
            keys_a_record,
            records_a_party,
        } = self.limits;
        if records_a_key.min(keys_a_record).min(records_a_party) == 0 {
            return Err(ModelProblem::Limits);
        }
        for condition in self.guards.iter().flat_map(|guard| &guard.when) {
            self.field(&condition.field)?;
        }
        for field in &self.fields {
            let mut bits = field
                .levels
                .iter()
                .flat_map(|level| level.bits.iter().chain(&level.bits_beside));
            if !bits.all(|bits| bits.is_finite()) {
                return Err(ModelProblem::NotFinite(format!("column {}", field.name)));
            }
            if let Some(beside) = &field.beside {
                self.field(beside)?;
            }
            if field
                .frequent
                .as_ref()
                .is_some_and(|said| said.ready().is_none())
            {
                return Err(ModelProblem::Frequent(field.name.clone()));
            }
            for level in &field.levels {
                let fits = |bits: &[f32]| matches!(bits.len(), 1 | RARITIES);
                let beside_fits = level.bits_beside.is_empty() || fits(&level.bits_beside);
                let wrong = if fits(&level.bits) {
                    &level.bits_beside
                } else {
                    &level.bits
                };
                if !fits(&level.bits) || !beside_fits {
                    return Err(ModelProblem::Bits {
                        field: field.name.clone(),
                        agreement: level.agreement.code(),
                        found: wrong.len(),
                    });
                }
            }
        }
        self.key_rules().map(drop)
    }

    /// The columns of a table that the model compares.
    pub fn plan(&self, header: &[String]) -> Result<Vec<ColumnPlan>, ModelProblem> {
        let plan = |field: &FieldModel| {
            let column = header.iter().position(|name| *name == field.name);
            let column = column.ok_or_else(|| ModelProblem::UnknownColumn(field.name.clone()))?;
            Ok(ColumnPlan {
                column,
                kind: field.kind,
                several: field.several,
            })
        };
        self.fields.iter().map(plan).collect()
    }

    /// The place of a field among the fields.
    pub(crate) fn field(&self, name: &str) -> Result<usize, ModelProblem> {
        let place = self.fields.iter().position(|field| field.name == name);
        place.ok_or_else(|| ModelProblem::UnknownField(name.to_owned()))
    }

    pub(crate) fn key_rules(&self) -> Result<Vec<Rule>, ModelProblem> {
        self.rules
            .iter()
            .enumerate()
            .map(|(place, rule)| {
                if !(1..=2).contains(&rule.parts.len()) {
                    return Err(ModelProblem::Parts(place + 1, rule.parts.len()));
                }
                let part = |part: &RulePart| {
                    Ok(KeyPart {
                        field: self.field(&part.field)?,
                        extract: part.extract,
                    })
                };
                Ok(Rule {
                    parts: rule.parts.iter().map(part).collect::<Result<_, _>>()?,
                })
            })
            .collect()
    }
}

impl FieldModel {
    /// Bits of each level, alone or beside the other column.
    pub(crate) fn bits(&self, beside: bool) -> [f32; Level::COUNT] {
        let mut bits = [0.0; Level::COUNT];
        for level in &self.levels {
            let said = if beside && !level.bits_beside.is_empty() {
                &level.bits_beside
            } else {
                &level.bits
            };
            let start = level.agreement as usize * RARITIES;
            for (rarity, bits) in bits[start..start + RARITIES].iter_mut().enumerate() {
                *bits = said
                    .get(rarity)
                    .or(said.first())
                    .copied()
                    .unwrap_or_default();
            }
        }
        bits
    }
}

fn levels(
    kind: Kind,
    m: &[f64; Level::COUNT],
    u: &[f64; Level::COUNT],
    beside: Option<&[f64; Level::COUNT]>,
) -> Vec<LevelModel> {
    let levels = kind.agreements().iter().map(|agreement| {
        let range = *agreement as usize * RARITIES..(*agreement as usize + 1) * RARITIES;
        let bits = |between: &[f64; Level::COUNT]| -> Vec<f32> {
            let each: Vec<f32> = range
                .clone()
                .map(|level| rounded((m[level] / between[level]).log2()))
                .collect();
            if kind.has_rarity(*agreement) {
                each
            } else {
                vec![each[0]]
            }
        };
        let alone = bits(u);
        let mut beside = beside.map(bits).unwrap_or_default();
        if Level::new(*agreement, 0).agrees() {
            // Where another column agrees already, this one cannot say more than by itself.
            beside
                .iter_mut()
                .zip(&alone)
                .for_each(|(beside, alone)| *beside = beside.min(*alone));
        }
        LevelModel {
            agreement: *agreement,
            within: m[range.clone()].iter().sum(),
            between: u[range.clone()].iter().sum(),
            bits: alone,
            bits_beside: beside,
        }
    });
    levels.collect()
}

/// To hundredths, so that a model says the same from its file.
fn rounded(bits: f64) -> f32 {
    ((bits * 100.0).round() / 100.0) as f32
}
