"""How long one document may take: what takes longer is reported, and the rest goes on.

The readers' time is linear in what they read, and what they read is bounded; this is the net below that.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kb.importer.bounds import UnreadableError

MOST_SECONDS = 60.0


@contextmanager
def patience(seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Raise UnreadableError in what runs longer; only the main thread can be interrupted, in others there is no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        message = f"Reading it took more than {seconds:g} seconds."
        raise UnreadableError(message, "Cut it into parts.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
