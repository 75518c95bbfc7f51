"""The Provisions of a Version as the bytes of the snapshot, read when they are first looked at.

Few Versions of a large corpus are looked at by the answers of a day; a start reads none. The digest is that of the bytes, and
the same for the same Provisions, so that what is made of them, such as an index, can be known again.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import overload

import msgspec

from kb.model import Provision

_DECODER = msgspec.json.Decoder(tuple[Provision, ...])


class HeldProvisions(Sequence[Provision]):
    """Provisions that are read from `content`, JSON whose digest is given, when they are first looked at."""

    __slots__ = ("_content", "_read", "digest")

    def __init__(self, content: msgspec.Raw, digest: str) -> None:
        self.digest = digest
        self._content: msgspec.Raw | None = content
        self._read: tuple[Provision, ...] | None = None

    @overload
    def __getitem__(self, place: int) -> Provision: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Provision, ...]: ...
    def __getitem__(self, place: int | slice) -> Provision | tuple[Provision, ...]:
        """Return the Provision at a place, or those of a slice."""
        return self._all()[place]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._all())

    def __iter__(self) -> Iterator[Provision]:
        """Yield them in order."""
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same Provisions."""
        return self._all() == (other._all() if isinstance(other, HeldProvisions) else other)

    def __hash__(self) -> int:
        """Return the hash of a tuple of them."""
        return hash(self._all())

    def __repr__(self) -> str:
        """Return what a tuple of them would say."""
        return repr(self._all())

    def _all(self) -> tuple[Provision, ...]:
        # The content is looked at first: another thread lets it go only once it has put what it read in its place.
        content, read = self._content, self._read
        if read is None:
            assert content is not None
            self._read = read = _DECODER.decode(content)
            self._content = None
        return read


def hold(provisions: Sequence[Provision]) -> tuple[msgspec.Raw, str]:
    """Return Provisions as JSON, and its digest."""
    content = msgspec.json.encode(tuple(provisions))
    return msgspec.Raw(content), sha256(content).hexdigest()


def digest_of(provisions: Sequence[Provision]) -> str:
    """Return the digest of everything that some Provisions are."""
    return provisions.digest if isinstance(provisions, HeldProvisions) else hold(provisions)[1]
