//! The engine in a page of its own: sessions and pictures for a browser, which asks in JSON and is answered
//! in JSON. One instance holds at most one world; the page has one for drawing and one in a worker for each
//! policy.

mod answers; // what may be asked, and who answers
mod catalogue; // scenarios, lessons, outcomes and levers: what the page offers
mod drawn; // lines and maps, alone or on a sheet
mod french; // French words of what is inside
mod levers; // what can be turned, and how it stands
mod news; // what happened in a week, in words
mod pasts; // earlier weeks to go back to
mod places; // cercles, or the places of a small world, month by month
mod played; // a world on its way, with its tables
mod reported; // the report of the runs that were played
mod saved; // the scenario as played
mod written; // tables as texts
mod shelf; // files inside the page and those that were opened

use answers::Answerer;
use std::cell::RefCell;

thread_local! {
    static ANSWERER: RefCell<Answerer> = RefCell::default();
    /// A question, and then its answer.
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// Why the engine stopped, should it.
    static LAST_WORDS: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Room for a question of so many bytes: where it is to be written.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    TEXT.with_borrow_mut(|text| {
        text.clear();
        text.resize(bytes, 0);
        text.as_mut_ptr()
    })
}

/// Answers the question that was written; gives the bytes of the answer, which stand at [`answer`].
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> usize {
    std::panic::set_hook(Box::new(|panic| {
        LAST_WORDS.with_borrow_mut(|words| *words = panic.to_string().into_bytes());
    }));
    let question = TEXT.take();
    let answer = answer_to(&question);
    TEXT.set(answer.into_bytes());
    TEXT.with_borrow(Vec::len)
}

/// Where the answer stands.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    TEXT.with_borrow(Vec::as_ptr)
}

/// After a defect: bytes of what is known of it, put where [`answer`] says.
#[unsafe(no_mangle)]
pub extern "C" fn last_words() -> usize {
    TEXT.set(LAST_WORDS.take());
    TEXT.with_borrow(Vec::len)
}

/// The same for whoever calls the library: a question and its answer, both JSON.
#[must_use]
pub fn answer_to(question: &[u8]) -> String {
    ANSWERER.with_borrow_mut(|answerer| answerer.answer(question))
}
