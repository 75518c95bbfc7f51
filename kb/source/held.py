"""What Provisions say, as bytes: the same for the same Provisions, so that what is made of them can be known again."""

from collections.abc import Sequence
from hashlib import sha256

import msgspec

from kb.model import Provision


def digest_of(provisions: Sequence[Provision]) -> str:
    """Return the digest of everything that some Provisions are."""
    return sha256(msgspec.json.encode(provisions)).hexdigest()
