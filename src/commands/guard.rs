//! A fault in reading one text costs that text only: it becomes a finding, and every other text is read.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use crate::diagnostic::{Code, Diagnostic};

thread_local! {
    /// Where work under guard on this thread stopped; `None` while there is no such work.
    static STOPPED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does the work; a panic in it is a finding, with the place in the program.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    listen();
    STOPPED.set(Some(String::new()));
    // What the work had in hand is dropped with it, and the tables, which it shares, it only reads.
    let done = catch_unwind(AssertUnwindSafe(work));
    let place = STOPPED.take().unwrap_or_default();
    done.map_err(|_| Diagnostic::new(Code::InternalError, format!("reading stopped at {place}")))
}

/// Has panics under guard noted and not printed; all others go their usual way.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            let noted = STOPPED.with_borrow_mut(|stopped| {
                let Some(place) = stopped else { return false };
                let payload = panic.payload();
                let words = (payload.downcast_ref::<&str>().copied())
                    .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
                    .unwrap_or("no message");
                *place = match panic.location() {
                    Some(at) => format!("{}:{}: {words}", at.file(), at.line()),
                    None => words.to_owned(),
                };
                true
            });
            if !noted {
                usual(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_finding_with_its_place() {
        let rows = [1, 2];
        let outside = rows.len() + 1;
        let stopped = guarded(|| rows[outside]).unwrap_err();
        assert_eq!(stopped.code, Code::InternalError);
        assert!(stopped.message.contains("guard.rs:"), "{}", stopped.message);
        assert!(stopped.message.contains("index out of bounds"));
    }

    #[test]
    fn work_goes_on_behind_a_panic_and_on_other_threads() {
        assert!(guarded(|| panic!("one text")).is_err());
        assert_eq!(guarded(|| 7), Ok(7));
        let other = std::thread::spawn(|| guarded(|| 8)).join().unwrap();
        assert_eq!(other, Ok(8));
        // Nothing is left under guard.
        assert!(STOPPED.with_borrow(Option::is_none));
    }
}
