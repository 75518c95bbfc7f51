"""The namespaces of Akoma Ntoso 3.0 and of what this corpus adds to it, and where an anchor and an eId meet."""

from lxml.etree import QName

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# What Akoma Ntoso has no place for stands in a namespace of its own, which the schema allows on every element.
OWN = "urn:inforce:akn:1"


def akn(name: str) -> str:
    """Return the name of an element of Akoma Ntoso."""
    return QName(AKN, name).text


def own(name: str) -> str:
    """Return the name of an element or attribute of this corpus."""
    return QName(OWN, name).text
