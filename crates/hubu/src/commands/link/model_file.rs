//! The model as a TOML file.

use std::path::Path;

use anyhow::Result;
use domain::Text;
use linkage::{Model, ModelProblem};

use crate::failure::Refusal;

/// The bytes of a model, at most: far more than 64 columns need.
const MOST_BYTES: u64 = 4 << 20;

/// Reads a model and checks that it fits together.
pub fn read(path: &Path) -> Result<Model> {
    let name = path.display();
    let refuse = |problem: &str| {
        Refusal::bad_input(Text::new(
            format!("模型 {name} 无法使用：{problem}"),
            format!("the model {name} cannot be used: {problem}"),
        ))
    };
    let length = std::fs::metadata(path)
        .map_err(|error| refuse(&error.to_string()))?
        .len();
    if length > MOST_BYTES {
        return Err(refuse(&format!("{length} bytes, at most {MOST_BYTES}")).into());
    }
    let text = std::fs::read_to_string(path).map_err(|error| refuse(&error.to_string()))?;
    let model: Model = toml::from_str(&text).map_err(|error| refuse(&error.to_string()))?;
    model
        .check()
        .map_err(|problem| refuse(&problem.to_string()))?;
    Ok(model)
}

/// Writes a model so that a person can read it.
pub fn write(path: &Path, model: &Model) -> Result<()> {
    let text = toml::to_string(model)?;
    super::writing::whole(
        path,
        &format!(
            "# A linkage model (客户识别模型); `hubu link --model` uses it as it stands.\n\n{text}"
        ),
    )
}

/// A model that does not fit what it is used on.
pub fn unfit(problem: &ModelProblem) -> Refusal {
    Refusal::bad_input(Text::new(
        format!("模型不适用：{problem}"),
        problem.to_string(),
    ))
}
