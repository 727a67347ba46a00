"""Where in a file a rule points: at a step, at one of its keys, inside a condition, at a setting."""

from dataclasses import dataclass

from bot.domain.expression import Literal, Name
from bot.domain.playbook import Playbook, Step
from bot.files.fault import Fault, Place, fault_at
from bot.files.nodes import Entries, Loc, follow, locate, within
from bot.files.settings import Settings


@dataclass(frozen=True, slots=True)
class Sheet:
    """One playbook beside the tree that it was read from."""

    playbook: Playbook
    root: Entries

    def place(self, *loc: int | str) -> Place:
        """Where a path of keys and indices leads."""
        return locate(self.root, loc)

    def at(self, step: Step, *loc: int | str) -> Place:
        """Where this step, or something in it, stands."""
        return self.place("steps", self.playbook.steps.index(step), *loc)

    def nearest(self, step: Step, *keys: str) -> Place:
        """Where the first of these keys stands that the step has; where it has none, the step."""
        here = ("steps", self.playbook.steps.index(step))
        row = follow(self.root, here)
        held = next((key for key in keys if isinstance(row, Entries) and row.get(key) is not None), None)
        return self.place(*here) if held is None else self.place(*here, held)

    def fault(self, step: Step, loc: Loc, message: str, hint: str = "") -> Fault:
        """A fault at something in a step."""
        return fault_at(self.at(step, *loc), message, hint)

    def inside(self, loc: Loc, part: Name | Literal) -> Place:
        """Where a name or value stands in the condition at this path."""
        return within(follow(self.root, loc), locate(self.root, loc), part.column - 1)


@dataclass(frozen=True, slots=True)
class Office:
    """The settings beside the tree that they were read from."""

    settings: Settings
    root: Entries

    def place(self, *loc: int | str, key: bool = False) -> Place:
        """Where a path of keys and indices leads in config.yaml."""
        return locate(self.root, loc, key=key)
