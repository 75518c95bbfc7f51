"""A copy in the formats that programs of the law exchange: Akoma Ntoso, and the Markdown of legalize.

They have their own places for dates and for whose words a text is in; of the reader's day they say nothing.
"""

from kb.exports.akn.document import export_akn
from kb.exports.copies.copy import Wanted
from kb.exports.legalize.text import export_legalize


def export_xml(wanted: Wanted) -> bytes:
    """Return the Version as Akoma Ntoso XML; raise NotHeldError where it is not held in the language."""
    return export_akn(wanted.records.corpus.regulation(wanted.version.regulation), wanted.version, wanted.text_language)


def export_legalize_file(wanted: Wanted) -> bytes:
    """Return the Version as a file of the legalize format; raise NotHeldError where it is not held in the language."""
    return export_legalize(wanted.records.corpus.regulation(wanted.version.regulation), wanted.version, wanted.text_language)
