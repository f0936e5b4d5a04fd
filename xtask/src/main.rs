//! `cargo xtask explorer` makes `target/explorer.html`: the engine as WebAssembly and the page round it, one
//! file that loads nothing.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const TARGET: &str = "wasm32-unknown-unknown";
/// The page may hold no more, bytes.
const LARGEST: usize = 2_000_000;
/// Scripts of the page, in the order in which they name each other.
const SCRIPTS: [&str; 11] = [
    "machine.js",
    "words.js",
    "engine.js",
    "arms.js",
    "levers.js",
    "pictures.js",
    "bands.js",
    "files.js",
    "lessons.js",
    "wire.js",
    "page.js",
];

fn main() -> ExitCode {
    let asked: Vec<_> = std::env::args_os().skip(1).collect();
    if asked != ["explorer"] {
        eprintln!("usage: cargo xtask explorer");
        return ExitCode::from(2);
    }
    match explorer() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn explorer() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it lies in the repository");
    let wasm = fs::read(engine(root)?)?;
    let page = root.join("explorer/page");
    let text = |name: &str| {
        fs::read_to_string(page.join(name)).map_err(|error| format!("{name}: {error}"))
    };
    let scripts: Vec<String> = SCRIPTS.iter().map(|name| text(name)).collect::<Result<_, _>>()?;
    // The report's page and this one look alike.
    let shared = ["crates/report/src/page.css", "crates/picture/src/picture.css"];
    let shared: Vec<String> =
        shared.iter().map(|it| fs::read_to_string(root.join(it))).collect::<Result<_, _>>()?;
    let style = shared.concat() + &text("page.css")?;
    let parts = [
        ("/*style*/", style),
        ("/*worker*/", text("machine.js")? + &text("worker.js")?),
        ("/*scripts*/", scripts.concat()),
        ("/*engine*/", base64(&zipped(&wasm)?)),
    ];
    let mut whole = text("index.html")?;
    for (gap, part) in parts {
        let (before, after) =
            whole.split_once(gap).ok_or_else(|| format!("index.html lacks {gap}"))?;
        whole = [before, &part, after].concat();
    }
    if whole.len() > LARGEST {
        return Err(format!("the page has {} bytes, more than {LARGEST}", whole.len()).into());
    }
    let out = root.join("target/explorer.html");
    fs::write(&out, &whole)?;
    println!("{}: {} bytes; open it in a browser", out.display(), whole.len());
    Ok(())
}

/// Builds the engine, with the target that it needs.
fn engine(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let known = Command::new("rustup").args(["target", "list", "--installed"]).output();
    let known = known.is_ok_and(|known| String::from_utf8_lossy(&known.stdout).contains(TARGET));
    if !known {
        run(Command::new("rustup").args(["target", "add", TARGET]))?;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let flags =
        ["build", "--package", "toguna-explorer", "--target", TARGET, "--profile", "explorer"];
    run(Command::new(cargo).current_dir(root).args(flags))?;
    Ok(root.join("target").join(TARGET).join("explorer/toguna_explorer.wasm"))
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed").into()) }
}

fn zipped(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// As `atob` reads it.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |place: usize| usize::from(three.get(place).copied().unwrap_or(0));
        let all = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let known = digit <= three.len();
            text.push(if known { char::from(DIGITS[all >> (18 - 6 * digit) & 63]) } else { '=' });
        }
    }
    text
}
