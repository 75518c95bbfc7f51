"""What a call of the API is declared by: its parameters, its body, its answer, its errors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from web.openapi.kinds import Kind, Schema


class Where(StrEnum):
    """Where a parameter stands; those of a body are the keys of a form or of a JSON object."""

    PATH = "path"
    QUERY = "query"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; `about` says what it means, `example` is one that the corpus answers."""

    name: str
    kind: Kind
    about: str
    example: str
    where: Where = Where.QUERY
    required: bool = False
    repeated: bool = False


def by_name(parameters: Iterable[Parameter]) -> Mapping[str, Parameter]:
    """Return parameters by their names."""
    return {one.name: one for one in parameters}


@dataclass(frozen=True, slots=True)
class Body:
    """What a request sends: `fields` as JSON object or form, or else the media types of `contents`."""

    fields: tuple[Parameter, ...] = ()
    contents: tuple[tuple[str, Schema], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: one of the shapes, or a list of them; `others` are further media types it may come in."""

    shapes: tuple[Any, ...]
    about: str
    is_list: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A call; `path` begins below the version of the API, `{name}` stands for a parameter."""

    id: str
    method: str
    path: str
    about: str
    answer: Answer
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    errors: tuple[int, ...] = (422,)

    @property
    def query(self) -> Mapping[str, Parameter]:
        """Return the parameters of the address by their names."""
        return by_name(one for one in self.parameters if one.where is Where.QUERY)
