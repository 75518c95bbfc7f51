"""What things are: kinds of Provisions, instruments, texts and relations, and how much of a Provision is held."""

from enum import StrEnum


class Kind(StrEnum):
    """What a Provision does."""

    OBLIGATION = "obligation"
    PERMISSION = "permission"
    PROHIBITION = "prohibition"
    DEFINITION = "definition"
    CRITERION = "criterion"
    PROCEDURE = "procedure"
    CONSEQUENCE = "consequence"
    BENEFIT = "benefit"
    PRINCIPLE = "principle"
    SCOPE = "scope"
    FINAL = "final"
    TRANSITION = "transition"
    NOTE = "note"


class Held(StrEnum):
    """How much of a Provision's content is held: all of it, a part, its subject only, or nothing."""

    WHOLE = "whole"
    PART = "part"
    SUBJECT = "subject"
    NONE = "none"


class RegulationKind(StrEnum):
    """What an instrument is. A draft never applies; a summary restates other instruments."""

    LAW = "law"
    ORDER = "order"
    ANNOUNCEMENT = "announcement"
    NOTICE = "notice"
    FRAMEWORK = "framework"
    ARRANGEMENT = "arrangement"
    SUMMARY = "summary"
    DRAFT = "draft"


class TextKind(StrEnum):
    """Whose words a Version's text is."""

    RESTATEMENT = "restatement"
    OFFICIAL = "official"
    TRANSLATION = "translation"


class RelationKind(StrEnum):
    """What one Regulation does to another."""

    REPEALS = "repeals"
    AMENDS = "amends"
    SUPPLEMENTS = "supplements"
    IMPLEMENTS = "implements"
