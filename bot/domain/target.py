"""How playbooks name people without naming a chat or a phone: by role, group, rota, unit."""

from dataclasses import dataclass
from enum import StrEnum


class TargetKind(StrEnum):
    """How a playbook names people; never by a person's chat or phone."""

    ROLE = "role"
    GROUP = "group"
    ONCALL = "oncall"
    UNIT = "unit"
    PERSON = "person"
    ACKER = "acker"
    """Whoever has taken this run; has no name of its own."""


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody to be found when it matters: `oncall:medsos`, `role:koordinator`, `acker`."""

    kind: TargetKind
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else str(self.kind)


ACKER = Target(TargetKind.ACKER)


def parse_target(text: str) -> Target:
    """Read `kind:name`, or the bare word `acker`. Raises ValueError on anything else."""
    kind, colon, name = text.strip().partition(":")
    if kind not in frozenset(TargetKind):
        raise ValueError(f"unknown kind of target: {kind!r}")
    if (kind == TargetKind.ACKER) is bool(colon) or (bool(colon) and not name.strip()):
        raise ValueError(f"not a target: {text!r}")
    return Target(TargetKind(kind), name.strip())
