"""Patience: a call that may have no end is stopped after a while."""

import contextvars
import ctypes
import threading

PATIENCE = 4.0  # seconds
INTERRUPTED = "This was interrupted."
_waiting = set()  # an event for each call under way


class TooLong(Exception):
    """A call was stopped before its end; the message says why, in one sentence."""


def within(work, seconds=PATIENCE):
    """Run `work` and return what it returns, or raise what it raises.

    It runs in a thread of its own, which is told to stop by an exception that CPython
    raises in it: no signal, so it works in any thread and on Windows. A call that never
    comes back to Python (a sleep of an hour) goes on, but nobody waits for it. Where
    Python has no threads, as in a browser, `work` runs to its end.
    Raises TooLong after so many seconds, or when `interrupt` is called.
    """
    done, over = [], threading.Event()

    def run():
        try:
            done.append((True, work()))
        except BaseException as error:  # whatever a reader's code may raise
            done.append((False, error))
        over.set()

    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(run,), daemon=True)
    _waiting.add(over)
    try:
        thread.start()
    except RuntimeError:
        run()
    else:
        _wait(thread, done, over, seconds)
    finally:
        _waiting.discard(over)
    fine, found = done[0]
    if not fine:
        raise found
    return found


def interrupt(*signal):
    """Stop every call under way; a handler of signals, too."""
    for over in list(_waiting):
        over.set()


def _wait(thread, done, over, seconds):
    try:
        asked = over.wait(seconds)
        if not done:
            late = f"This takes more than {seconds:.2g} seconds and was stopped."
            raise TooLong(INTERRUPTED if asked else late)
    except BaseException:
        _stop(thread)
        raise


def _stop(thread):
    for _ in range(20):
        if not thread.is_alive():
            return
        ident = ctypes.c_ulong(thread.ident)  # SystemExit ends a thread in silence
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(SystemExit))
        thread.join(0.05)
