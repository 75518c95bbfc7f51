"""Making very many values that last: the collector of cycles would look at all of them again and again, and find none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_values() -> Iterator[None]:
    """Let the collector of cycles rest meanwhile; values that nothing names any more go as ever."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()
