//! The folder of a pack: its TOML files, and the packs beside it that it builds on.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use domain::Text;
use rulebook::{Foundation, Identity};

use crate::failure::Refusal;

/// The files of a pack by their names from its folder.
pub type Files = BTreeMap<String, String>;

/// Folders within the folder of a pack.
const DEEPEST: usize = 3;
/// Files of it, and bytes of one, at most; what is more is refused before it is read.
const MOST_FILES: usize = 200;
const MOST_BYTES: u64 = 1 << 21;
/// Packs that build on each other.
const MOST_BENEATH: usize = 20;

/// What the packs that a pack builds on declare: those in folders beside it, else those of the program.
pub fn beneath(folder: &Path, files: &Files) -> Result<Foundation> {
    let catalogue = server::store::shipped_catalogue()?;
    let mut foundation = domain::packs::foundation(&catalogue)?;
    let mut found: Vec<(Identity, Files)> = Vec::new();
    let identity = rulebook::identity_of(files);
    let mut wanted = identity.map_or_else(Vec::new, |identity| identity.builds_on);
    while let Some(id) = wanted.pop() {
        if found.iter().any(|(identity, _)| identity.id == id) {
            continue;
        }
        let files = find(folder, &id)?;
        let identity = rulebook::identity_of(&files).filter(|identity| identity.id == id);
        let identity = identity.ok_or_else(|| unknown(&id))?;
        wanted.extend(identity.builds_on.iter().cloned());
        found.push((identity, files));
        if found.len() > MOST_BENEATH {
            return Err(unknown(&id).into());
        }
    }
    found.sort_by(|(one, _), (other, _)| (one.layer, &one.id).cmp(&(other.layer, &other.id)));
    for (identity, files) in found {
        let compiled = rulebook::compile(&files, &foundation);
        foundation = compiled.map_err(|_| unsound(&identity.id))?.foundation;
    }
    Ok(foundation)
}

fn find(folder: &Path, id: &str) -> Result<Files> {
    // The folder may be given as a path that ends nowhere above itself.
    let folder = folder.canonicalize()?;
    let plain = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let beside = folder.parent().map(|parent| parent.join(id));
    if let Some(beside) = beside.filter(|beside| plain && beside.join("pack.toml").is_file()) {
        return read(&beside);
    }
    let mut shipped = domain::packs::shipped().iter();
    let pack = shipped.find(|pack| pack.id == id);
    Ok(pack.ok_or_else(|| unknown(id))?.files())
}

fn unknown(id: &str) -> Refusal {
    Refusal::bad_input(Text::new(
        format!("找不到所依赖的规则包 {id}"),
        format!("the pack {id}, on which it builds, is nowhere"),
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
            if files.len() >= MOST_FILES || entry.metadata()?.len() > MOST_BYTES {
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
        format!("规则包最多 {MOST_FILES} 个文件，每个最多 {MOST_BYTES} 字节：{path}"),
        format!("a pack has {MOST_FILES} files of {MOST_BYTES} bytes at most: {path}"),
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
