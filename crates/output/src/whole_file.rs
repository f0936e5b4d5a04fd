//! One file written in one step: whole, or not there at all.

use super::error::{OutputError, without_its_path};
use std::io::{self, Write};
use std::path::Path;

/// Writes `bytes` to `path`. A file that is there is replaced only if `replace`.
///
/// # Errors
/// When a file is there already, or the disk refuses; what was there is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8], replace: bool) -> Result<(), OutputError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let written = || -> io::Result<()> {
        std::fs::create_dir_all(parent)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".toguna-writing-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any new file's, less the user's mask; a temporary one would be the owner's alone.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(parent).map_err(without_its_path)?;
        file.write_all(bytes)?;
        // Before the rename: a power cut must not leave an empty file under the name.
        file.as_file().sync_all()?;
        let kept = if replace { file.persist(path) } else { file.persist_noclobber(path) };
        kept.map(|_| ()).map_err(|error| error.error)
    };
    written().map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => OutputError::FileThere { path: path.into() },
        _ => OutputError::Write { path: path.into(), source },
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
}
