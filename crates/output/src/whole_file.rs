//! One file written in one step: whole, or not there at all.

use super::error::{OutputError, without_its_path};
use std::io::{self, Write};
use std::path::Path;

/// Whether [`write_whole`] could write so many bytes to `path` as the disk is now. Leaves nothing there.
///
/// # Errors
/// When a file is there already, the place is none for a file, or the disk refuses.
pub fn could_write(
    path: &Path,
    bytes: impl FnOnce() -> Vec<u8>,
    replace: bool,
) -> Result<(), OutputError> {
    let told = |source| OutputError::Write { path: path.into(), source };
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(told(io::Error::other("it is a folder"))),
        // Renaming a file into the place of a device would do away with the device.
        Ok(found) if !found.is_file() => {
            return Err(told(io::Error::other("it is no ordinary file")));
        }
        Ok(_) if !replace => return Err(OutputError::FileThere { path: path.into() }),
        _ => {}
    }
    let folder = path.ancestors().skip(1).find(|folder| folder.exists()).unwrap_or(Path::new("."));
    let written = || -> io::Result<()> {
        let mut file = temporary().tempfile_in(folder)?;
        file.write_all(&bytes())?;
        file.as_file().sync_all()
    };
    written().map_err(|source| told(without_its_path(source)))
}

fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".toguna-writing-");
    builder
}

/// Writes `bytes` to `path`. A file that is there is replaced only if `replace`.
///
/// # Errors
/// When a file is there already, or the disk refuses; what was there is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8], replace: bool) -> Result<(), OutputError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let written = || -> io::Result<()> {
        std::fs::create_dir_all(parent)?;
        #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes of files"))]
        let mut builder = temporary();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any new file's, less the user's mask; a temporary one would be the owner's alone.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(parent)?;
        file.write_all(bytes)?;
        // Before the rename: a power cut must not leave an empty file under the name.
        file.as_file().sync_all()?;
        let kept = if replace { file.persist(path) } else { file.persist_noclobber(path) };
        kept.map(|_| ()).map_err(|error| error.error)
    };
    written().map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => OutputError::FileThere { path: path.into() },
        _ => OutputError::Write { path: path.into(), source: without_its_path(source) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_stays_unless_it_may_be_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/world.toguna");
        write_whole(&path, b"first", false).unwrap();
        let error = write_whole(&path, b"second", false).unwrap_err();
        assert!(error.to_string().ends_with("is there already; --force writes over it"), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        write_whole(&path, b"third", true).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"third");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        assert!(matches!(write_whole(folder.path(), b"", true), Err(OutputError::Write { .. })));
    }
    #[test]
    fn a_place_that_cannot_take_a_file_is_known_before_and_is_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let world = || b"world".to_vec();
        let refused = |path: &Path| match could_write(path, world, true) {
            Err(OutputError::Write { source, .. }) => source.to_string(),
            other => panic!("{}: {other:?}", path.display()),
        };
        could_write(&folder.path().join("new/deeper/world.toguna"), world, false).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert_eq!(refused(folder.path()), "it is a folder");
        let file = folder.path().join("file");
        write_whole(&file, b"first", false).unwrap();
        assert!(!refused(&file.join("world.toguna")).is_empty());
        let there = could_write(&file, || panic!("nothing need be made"), false);
        assert!(matches!(there, Err(OutputError::FileThere { .. })));
        could_write(&file, world, true).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"first");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        if Path::new("/dev/full").exists() {
            assert_eq!(refused(Path::new("/dev/full")), "it is no ordinary file");
        }
    }
}
