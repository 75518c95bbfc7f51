"""Which provisions give rows of the register, and of what kind: the rules, as tables to be reviewed.

An attribute of a Provision (`does`, `who`, `grades`) or an entry of its block of duties goes before every rule here. What no
rule decides gives no row, and `python -m kb check` asks for `does`.
"""

from dataclasses import dataclass
from enum import StrEnum

from kb.duty import Does
from kb.kinds import Held, Kind, RegulationKind


class Group(StrEnum):
    """What a row is to an enterprise, in the order in which a register is read."""

    DO = "do"
    FORBIDDEN = "forbidden"
    CLAIM = "claim"
    COSTS_GRADE = "costs_grade"
    BEARS = "bears"


GROUP_OF: dict[Does, Group] = {
    Does.MUST: Group.DO,
    Does.KEEPS: Group.DO,
    Does.MUST_NOT: Group.FORBIDDEN,
    Does.MAY: Group.CLAIM,
    Does.GETS: Group.CLAIM,
    Does.LOSES: Group.COSTS_GRADE,
    Does.BEARS: Group.BEARS,
}

# Who is concerned. What is said of ENTERPRISE concerns each of UNDER; what is said of one of APART concerns that one alone.
ENTERPRISE = "enterprise"
UNDER = (
    "importer-exporter", "customs-broker", "processing-enterprise", "foreign-trade-service", "cbec-platform", "cbec-enterprise",
    "payment-enterprise", "logistics-enterprise", "express-operator", "carrier", "warehouse-operator",
)  # fmt: skip
APART = ("overseas-enterprise", "related-personnel", "intermediary")
ACTORS = (ENTERPRISE, *UNDER, *APART)
# These are no enterprises: what binds them is no obligation of one. "economic-operator" stands in the Framework alone.
NOT_ENTERPRISES = frozenset({"customs", "other-authority", "third-party-validator", "wco", "economic-operator"})

# The levels that a criterion may cost the better ones their grade for; "aeo" is a status beside the levels.
LOW_LEVELS = frozenset({"class-c", "class-d", "dishonest", "seriously-dishonest"})
NO_LEVELS = frozenset({"aeo"})
ANY_LEVEL = "any"  # what `grades` says where every level is meant, whatever levels the text mentions

# A Framework binds no company, a draft nobody; a summary restates what stands elsewhere.
SILENT_REGULATIONS = frozenset({RegulationKind.FRAMEWORK, RegulationKind.DRAFT, RegulationKind.SUMMARY})
SILENT_KINDS = frozenset({Kind.DEFINITION, Kind.PRINCIPLE, Kind.SCOPE, Kind.FINAL, Kind.TRANSITION, Kind.NOTE})
NOT_HELD = frozenset({Held.SUBJECT, Held.NONE})


class Levels(StrEnum):
    """Which levels a Provision must name for a rule to hold."""

    ANY = "any"
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a Provision of a kind does: of certain `levels`, and, unless `beside_authority`, only where no authority acts in it.

    "Customs and the enterprise" leaves open who is bound.
    """

    kind: Kind
    does: Does
    levels: Levels = Levels.ANY
    beside_authority: bool = False


RULES = (
    Rule(Kind.OBLIGATION, Does.MUST),
    Rule(Kind.PROHIBITION, Does.MUST_NOT),
    Rule(Kind.PERMISSION, Does.MAY),
    Rule(Kind.BENEFIT, Does.GETS, beside_authority=True),
    Rule(Kind.CRITERION, Does.LOSES, Levels.LOW, beside_authority=True),
    Rule(Kind.CRITERION, Does.KEEPS, Levels.HIGH, beside_authority=True),
    Rule(Kind.CONSEQUENCE, Does.BEARS, Levels.LOW, beside_authority=True),
)


def find_rule(kind: Kind, levels: frozenset[str], *, beside_authority: bool) -> Rule | None:
    """Return the first rule that holds for a Provision of this kind and with these levels, or None."""
    named = levels - NO_LEVELS
    met = {Levels.ANY} | ({Levels.LOW} if named and named <= LOW_LEVELS else set())
    met |= {Levels.HIGH} if named and not named & LOW_LEVELS else set()
    for rule in RULES:
        if rule.kind is kind and rule.levels in met and (rule.beside_authority or not beside_authority):
            return rule
    return None
