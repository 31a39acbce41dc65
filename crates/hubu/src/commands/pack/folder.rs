//! The folder of a pack: its TOML files, and the packs beside it that it builds on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use domain::Text;
use rulebook::{
    Coverage, Foundation, Identity, MOST_BYTES_OF_FILE, MOST_FILES, Pack, Problem, check_builds_on,
    ordered,
};
use serde::Serialize;

use crate::failure::Refusal;

/// The files of a pack by their names from its folder.
pub type Files = BTreeMap<String, String>;

/// Folders within the folder of a pack.
const DEEPEST: usize = 3;
/// Packs that build on each other.
const MOST_BENEATH: usize = 20;

/// A pack that lies beneath another, and where it was taken from.
#[derive(Debug, Serialize)]
pub struct Beneath {
    pub pack: String,
    pub version: String,
    /// Its folder; none where it is the one that the program ships.
    pub folder: Option<PathBuf>,
}

/// What a pack lies upon.
pub struct Ground {
    foundation: Foundation,
    /// From the lowest.
    pub beneath: Vec<Beneath>,
    /// What is wrong with the packs that it names.
    problems: Vec<Problem>,
}

impl Ground {
    /// The pack of these files upon it; everything that is wrong otherwise.
    pub fn load(&self, files: &Files) -> Result<(Pack, Coverage), Vec<Problem>> {
        if self.problems.is_empty() {
            rulebook::load(files, &self.foundation)
        } else {
            Err(self.problems.clone())
        }
    }
}

/// A pack that was found.
struct Found {
    identity: Identity,
    files: Files,
    folder: Option<PathBuf>,
}

/// What a pack of a folder lies upon: the packs that it builds on, taken from folders beside it, else from the program.
pub fn ground(folder: &Path, files: &Files) -> Result<Ground> {
    let catalogue = server::store::shipped_catalogue()?;
    let mut ground = Ground {
        foundation: domain::packs::foundation(&catalogue)?,
        beneath: Vec::new(),
        problems: Vec::new(),
    };
    let Some(own) = rulebook::identity_of(files) else {
        return Ok(ground);
    };
    let found = around(folder, &own)?;
    let packs: Vec<&Identity> = found.iter().map(|found| &found.identity).collect();
    let packs: Vec<&Identity> = packs.into_iter().chain([&own]).collect();
    ground.problems = check_builds_on(files, &packs);
    if !ground.problems.is_empty() {
        return Ok(ground);
    }
    for place in ordered(&packs) {
        let Some(one) = found.get(place) else { break };
        let compiled = rulebook::compile(&one.files, &ground.foundation).ok();
        let pack = compiled.filter(|_| check_builds_on(&one.files, &packs).is_empty());
        let pack = pack.ok_or_else(|| unsound(&one.identity.id))?;
        ground.foundation = pack.foundation;
        ground.beneath.push(Beneath {
            pack: one.identity.id.clone(),
            version: one.identity.version.clone(),
            folder: one.folder.clone(),
        });
    }
    Ok(ground)
}

/// The packs that a pack builds on, and those that these build on; one that is nowhere is left out.
fn around(folder: &Path, own: &Identity) -> Result<Vec<Found>> {
    let mut found: Vec<Found> = Vec::new();
    let mut named = own.builds_on.clone();
    while let Some(id) = named.pop() {
        if id == own.id || found.iter().any(|found| found.identity.id == id) {
            continue;
        }
        if let Some(one) = find(folder, &id)? {
            named.extend(one.identity.builds_on.iter().cloned());
            found.push(one);
        }
        if found.len() > MOST_BENEATH {
            return Err(too_deep().into());
        }
    }
    Ok(found)
}

fn find(folder: &Path, id: &str) -> Result<Option<Found>> {
    // The folder may be given as a path that ends nowhere above itself.
    let folder = folder.canonicalize()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_plain = !id.starts_with('.') && id.bytes().all(plain);
    let beside = folder.parent().map(|parent| parent.join(id));
    let beside = beside.filter(|beside| is_plain && beside.join("pack.toml").is_file());
    let shipped = || {
        let pack = domain::packs::shipped().iter().find(|pack| pack.id == id);
        pack.map(domain::packs::ShippedPack::files)
    };
    let files = match &beside {
        Some(beside) => Some(read(beside)?),
        None => shipped(),
    };
    let Some(files) = files else { return Ok(None) };
    let identity = rulebook::identity_of(&files).filter(|identity| identity.id == id);
    Ok(Some(Found {
        identity: identity.ok_or_else(|| another(id))?,
        files,
        folder: beside,
    }))
}

fn another(id: &str) -> Refusal {
    Refusal::bad_input(Text::new(
        format!("相邻文件夹 {id} 不是规则包 {id}"),
        format!("the folder {id} beside it is not the pack {id}"),
    ))
}

fn too_deep() -> Refusal {
    Refusal::bad_input(Text::new(
        format!("依赖的规则包超过 {MOST_BENEATH} 个"),
        format!("it builds on more than {MOST_BENEATH} packs"),
    ))
}

fn unsound(id: &str) -> Refusal {
    Refusal::bad_input(Text::new(
        format!("所依赖的规则包 {id} 未通过检查"),
        format!("the pack {id}, on which it builds, has problems itself"),
    ))
}

/// The TOML files below a folder by their names from there.
pub fn read(folder: &Path) -> Result<Files> {
    let mut files = BTreeMap::new();
    read_into(folder, "", DEEPEST, &mut files)?;
    Ok(files)
}

fn read_into(folder: &Path, within: &str, depth: usize, files: &mut Files) -> Result<()> {
    let refused = |error: std::io::Error| unreadable(folder, &error);
    for entry in std::fs::read_dir(folder).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let (path, kind) = (entry.path(), entry.file_type().map_err(refused)?);
        let name = format!("{within}{name}");
        // A link could lead anywhere, so none is followed.
        if kind.is_dir() && depth > 0 {
            read_into(&path, &format!("{name}/"), depth - 1, files)?;
        } else if kind.is_file()
            && path
                .extension()
                .is_some_and(|extension| extension == "toml")
        {
            // What is more is refused before it is read.
            let is_long = entry.metadata()?.len() > MOST_BYTES_OF_FILE as u64;
            if files.len() >= MOST_FILES || is_long {
                return Err(too_much(&path).into());
            }
            let text = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            let text = String::from_utf8(text).map_err(|_| not_text(&path))?;
            files.insert(name, text);
        }
    }
    Ok(())
}

fn too_much(path: &Path) -> Refusal {
    let path = path.display();
    Refusal::bad_input(Text::new(
        format!("规则包最多 {MOST_FILES} 个文件，每个最多 {MOST_BYTES_OF_FILE} 字节：{path}"),
        format!("a pack has {MOST_FILES} files of {MOST_BYTES_OF_FILE} bytes at most: {path}"),
    ))
}

pub fn unreadable(path: &Path, error: &std::io::Error) -> Refusal {
    let path = path.display();
    Refusal::bad_input(Text::new(
        format!("无法读取 {path}：{error}"),
        format!("{path} cannot be read: {error}"),
    ))
}

fn not_text(path: &Path) -> Refusal {
    let path = path.display();
    Refusal::bad_input(Text::new(
        format!("{path} 不是 UTF-8 文本"),
        format!("{path} is no text in UTF-8"),
    ))
}
