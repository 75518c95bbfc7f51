"""Whether two Regulations say the same, wherever their files lie: what the writer is held to.

Places, paths and lines are those of files; the order of languages, of versions and of the bases of dates carries no meaning.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from kb.model import Place, Provision, ProvisionText, Regulation, Version

NOWHERE = Place("")


def placeless(regulation: Regulation) -> Regulation:
    """Return the Regulation without places, and in one order where order means nothing."""
    versions = sorted((placeless_version(version) for version in regulation.versions), key=lambda version: version.label)
    return replace(regulation, place=NOWHERE, versions=tuple(versions))


def find_difference(one: object, other: object, where: str = "") -> str:
    """Return the place of the first difference between two values, such as `versions[0].label`; "" where there is none."""
    if one == other:
        return ""
    return next((found for name, a, b in _parts(one, other) if (found := find_difference(a, b, where + name))), where or "it")


def _parts(one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401 - values of any shape
    if type(one) is not type(other):
        return
    if is_dataclass(one):
        yield from ((f".{field.name}", getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    elif isinstance(one, tuple) and len(one) == len(other):
        yield from ((f"[{_name(a, index)}]", a, b) for index, (a, b) in enumerate(zip(one, other, strict=True)))


def _name(value: Any, index: int) -> str:  # noqa: ANN401
    """Name an entry as a reader would: by its day, its anchor or its language, else by its number."""
    names = (getattr(value, name, None) for name in ("label", "anchor", "language", "key", "id"))
    return next((str(name) for name in names if name), str(index))


def placeless_version(version: Version) -> Version:
    """Return the Version without places, and in one order where order means nothing."""
    return replace(
        version,
        dates=replace(version.dates, basis=tuple(sorted(version.dates.basis))),
        provisions=tuple(_provision(provision) for provision in version.provisions),
        languages=tuple(sorted(version.languages)),
        paths=(),
    )


def _provision(provision: Provision) -> Provision:
    return replace(provision, texts=_texts(provision.texts), commentary=_texts(provision.commentary))


def _texts(texts: tuple[ProvisionText, ...]) -> tuple[ProvisionText, ...]:
    return tuple(_text(text) for text in sorted(texts, key=lambda text: text.language))


def _text(text: ProvisionText) -> ProvisionText:
    return replace(text, place=NOWHERE, duties=tuple(replace(duty, line=1) for duty in text.duties))
