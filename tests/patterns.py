"""Every pattern of the program, and for each the texts on which it would run away if it could.

From the tree of a pattern come, for each repetition in it, a text that leads there, and what it repeats; the attack repeats it
many times and then breaks off. Run as a program it prints, as JSON, the patterns whose work grows much faster than the text.
"""

import ast
import importlib
import json
import math
import pkgutil
import re
import signal
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from time import process_time
from types import ModuleType
from typing import Any

from written_patterns import Reader, Source, guess, listening

Attack = tuple[str, str, str]  # what leads, what is repeated, what breaks off
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PACKAGES = ("kb", "search", "qa", "web")
ALONE = ("app.py", "deploy/gunicorn_conf.py")
# What never sees a stranger's text longer than this: questions, and the files of the corpus, which are the operator's.
BOUNDED = {
    "qa.": 2_000, "search.documents.": 2_000, "kb.wording.": 2_000, "kb.source.provision_text.": 300,
    "kb.source.duty_block.": 300,
    "kb.list_items.": 2_000, "kb.exports.courses.": 2_000, "kb.courses.gaps.": 2_000,
    "kb.citation._OTHERS_AFTER": 200,  # searched up to a few characters behind a citation
}  # fmt: skip
KILLERS = ("\x00", "")
SMALL, LARGE = 250, 2_000
HOPELESS = 15.0  # seconds after which an attack is ended, and has succeeded
LONGEST = 2.0  # seconds of work that no text within its bound may take, on any machine
MOST_GROWTH = 20.0  # where a linear pattern grows by 8, a quadratic one by 64
NOTHING = 0.003  # seconds of work below which a growth says nothing
OTHERS = (" ", "a ", "1", "1.", "第", "一", "\n", "(", "*", "- ", "、")
_SAMPLES = {
    "CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_DIGIT": "a", "CATEGORY_NOT_SPACE": "a",
    "CATEGORY_NOT_WORD": " ",
}  # fmt: skip


def load_modules() -> Iterator[ModuleType]:
    """Yield every module of the program."""
    for name in PACKAGES:
        package = importlib.import_module(name)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not found.name.endswith("__main__"):
                yield importlib.import_module(found.name)


def patterns_of(value: object, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns that a value holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        yield from (one for part in (*value, *value.values()) for one in patterns_of(part, depth - 1))
    elif depth and isinstance(value, list | tuple | set | frozenset):
        yield from (one for part in value for one in patterns_of(part, depth - 1))


def find_patterns() -> tuple[dict[str, re.Pattern[Any]], list[str]]:
    """Return every pattern by the place where it stands, and the places at which one stands that is not known."""
    found: dict[str, re.Pattern[Any]] = {}
    with listening(ROOT) as heard:
        modules = tuple(load_modules())
        rehearse()
    sources = [Source.read(module.__name__, Path(module.__file__ or ""), vars(module)) for module in modules]
    sources += [Source.read(name, ROOT / name, constants_of(ROOT / name)) for name in ALONE]
    for module in modules:
        for name, value in vars(module).items():
            for number, pattern in enumerate(patterns_of(value)):
                found.setdefault(f"{module.__name__}.{name}[{number}]", pattern)
    written, unknown = Reader.of(tuple(sources), heard).read()
    found |= written
    unique = {(one.pattern, one.flags): place for place, one in reversed(found.items())}
    return {place: found[place] for place in unique.values()}, unknown


def rehearse() -> None:
    """Make the patterns that stand in files of data."""
    importlib.import_module("qa.intent").load_intents()


def constants_of(path: Path) -> dict[str, Any]:
    """Return the names that a file which cannot be loaded here gives to texts and patterns."""
    known: dict[str, Any] = {"re": re}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            known[node.targets[0].id] = guess(node.value, known)
    return known


def sample(tree: Iterable[Any]) -> str:
    """Return a short text that a part of a pattern may match."""
    return "".join(_sample(operation, argument) for operation, argument in tree)


def _sample(operation: Any, argument: Any) -> str:  # noqa: ANN401, PLR0911
    match str(operation):
        case "LITERAL":
            return chr(argument)
        case "NOT_LITERAL" | "ANY":
            return "a"
        case "IN":
            return _member(argument)
        case "BRANCH":
            return min((sample(branch) for branch in argument[1]), key=len)
        case "SUBPATTERN":
            return sample(argument[-1])
        case "ATOMIC_GROUP":
            return sample(argument)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return sample(argument[2]) * max(argument[0], 0)
        case _:
            return ""


def _member(members: list[tuple[Any, Any]]) -> str:
    if members[0][0] == codes.NEGATE:
        others = map(chr, (*b"a1 -xz", *range(0x10000)))
        return next((sign for sign in others if not any(_holds(one, sign) for one in members[1:])), "a")
    operation, argument = members[0]
    if operation == codes.LITERAL:
        return chr(argument)
    return chr(argument[0]) if operation == codes.RANGE else _SAMPLES.get(str(argument), "a")


def _holds(member: tuple[Any, Any], sign: str) -> bool:
    operation, argument = member
    if operation == codes.LITERAL:
        return chr(argument) == sign
    if operation == codes.RANGE:
        return argument[0] <= ord(sign) <= argument[1]
    kind = str(argument).split("_")
    letter = "dsw"[("DIGIT", "SPACE", "WORD").index(kind[-1])]
    return bool(re.match(f"\\{letter.upper() if 'NOT' in kind else letter}", sign))


def pumps_of(tree: Iterable[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield, for each repetition without a small bound, what leads to it and what it repeats."""
    for operation, argument in tree:
        kind = str(operation)
        if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            if argument[1] > 50 and sample(argument[2]):
                yield before, sample(argument[2])
            yield from pumps_of(argument[2], before)
        elif kind == "BRANCH":
            for branch in argument[1]:
                yield from pumps_of(branch, before)
        elif kind == "SUBPATTERN":
            yield from pumps_of(argument[-1], before)
        elif kind in ("ASSERT", "ASSERT_NOT"):
            yield from pumps_of(argument[1], before)
        before += _sample(operation, argument)


def attacks_on(pattern: re.Pattern[Any]) -> Iterator[Attack]:
    """Yield the attacks on a pattern."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = _parser.parse(source, pattern.flags & ~re.DEBUG & (~re.UNICODE if isinstance(pattern.pattern, bytes) else -1))
    pumps = dict.fromkeys(
        (*pumps_of(tree), *(("", one) for one in OTHERS), *((before + one, one) for before, one in pumps_of(tree)))
    )
    whole = sample(tree)
    if whole:
        pumps[("", whole)] = None
    different = dict.fromkeys(simplify(before, pump) for before, pump in pumps)
    yield from ((before, pump, killer) for before, pump in different for killer in KILLERS)


def simplify(before: str, pump: str) -> tuple[str, str]:
    """Return what makes the same text of an attack by less: of "1 " and "  " it is "1" and " "."""
    least = pump[: (pump + pump).index(pump, 1)]
    while before.endswith(least):
        before = before.removesuffix(least)
    return before, least


def uses_of(source: str) -> dict[str, set[str]]:
    """Return which of its methods the program calls of each name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, method in re.findall(r"\b(\w+)\.([a-z]+)\(", source):
        found[name].add(method)
    return found


def is_anchored(place: str, uses: Mapping[str, set[str]]) -> bool:
    """Return whether the program asks a pattern only what stands at one place, and never where it stands."""
    own = uses.get(place.rpartition("[")[0].rpartition(".")[2], set())
    return bool(own) and own <= {"match", "fullmatch"}


def work(pattern: re.Pattern[Any], attack: Attack, size: int, enough: float, *, anchored: bool) -> float:
    """Return the least of three measured amounts of work that an attack of a size makes; less than `enough` is not doubted."""
    before, pump, killer = attack
    text: Any = before + pump * (size // len(pump)) + killer
    if isinstance(pattern.pattern, bytes):
        text = text.encode("latin-1", "replace")
    taken = []
    for _ in range(3):
        start = process_time()
        try:
            signal.setitimer(signal.ITIMER_REAL, HOPELESS)
            for _match in () if anchored else pattern.finditer(text):
                pass
            pattern.match(text)
            pattern.fullmatch(text)
        except TimeoutError:
            return math.inf
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        taken.append(process_time() - start)
        if taken[0] < enough:
            break
    return min(taken)


def give_up(_signal: int, _frame: object) -> None:
    """End an attack under which a pattern hangs."""
    raise TimeoutError


@dataclass(frozen=True, slots=True)
class Target:
    """A pattern, the most signs that it sees of a stranger's text where that is bounded, and how it is asked."""

    pattern: re.Pattern[Any]
    bound: int | None
    anchored: bool

    def work(self, attack: Attack, size: int, enough: float) -> float:
        """Return how long an attack of a size takes."""
        return work(self.pattern, attack, size, enough, anchored=self.anchored)

    def judge(self, attack: Attack) -> tuple[float, float] | None:
        """Return how work grows under an attack and how long the longest takes, None where that is harmless."""
        return self.judge_growth(attack) if self.bound is None else self.judge_longest(attack, self.bound)

    def judge_longest(self, attack: Attack, bound: int) -> tuple[float, float] | None:
        """Return what a text of the most signs takes.

        A shorter one is tried before it, of forty repetitions or more; each doubles the work of a pattern that runs away.
        Where it takes so little that work which grows by the third power would do no harm, the longest does none.
        """
        short = max(bound // 4, 40 * len(attack[1]))
        enough = LONGEST / (bound / short) ** 3
        if short < bound and self.work(attack, short, enough) < enough:
            return None
        longest = self.work(attack, bound, LONGEST)
        return (0.0, longest) if longest > LONGEST else None

    def judge_growth(self, attack: Attack) -> tuple[float, float] | None:
        """Return how much more a long text takes than a short one."""
        large = self.work(attack, LARGE, NOTHING)
        if large < NOTHING:
            return None
        growth = large if large == math.inf else large / max(self.work(attack, SMALL, NOTHING), 1e-6)
        return (round(growth, 1), round(large, 4)) if growth > MOST_GROWTH else None


def main() -> None:
    """Print the patterns that run away, each with an attack that succeeds, and the places whose patterns are not known."""
    guilty = {}
    signal.signal(signal.SIGALRM, give_up)
    places, unknown = find_patterns()
    uses = uses_of("".join(path.read_text(encoding="utf-8") for name in PACKAGES for path in (ROOT / name).rglob("*.py")))
    for place, pattern in places.items():
        bound = next((size for name, size in BOUNDED.items() if place.startswith(name)), None)
        target = Target(pattern, bound, is_anchored(place, uses))
        judged = ((attack, found) for attack in attacks_on(pattern) if (found := target.judge(attack)))
        for attack, found in islice(judged, 1):
            guilty[place] = (*found, attack)
    sys.stdout.write(json.dumps({"patterns": len(places), "guilty": guilty, "unknown": unknown}))


if __name__ == "__main__":
    main()
