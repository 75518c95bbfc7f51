"""A Provision in the Version that it stands in: the text it had over one stretch of time."""

from dataclasses import dataclass

from kb.citation import Citation
from kb.interval import Interval
from kb.model import Provision, Version


@dataclass(frozen=True, slots=True)
class Stage:
    """The text that a Provision had in one Version."""

    version: Version
    provision: Provision

    @property
    def citation(self) -> Citation:
        """Its name."""
        return self.version.cite(self.provision.anchor)

    @property
    def interval(self) -> Interval:
        """Its own days."""
        return self.version.interval_of(self.provision)
