"""What the other lines of the configuration define, so that a reference can be judged where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationInfo

from bot.domain.people import Role
from bot.domain.template import Template
from bot.files.nodes import Entries, Items, Node, rows, text_of, texts

SHIPPED = "bawaan"
"""The word that stands for what comes with the product, wherever a folder or file is asked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """Names that exist. Read from the tree before validation, so that one fault does not cause others."""

    folder: Path = Path()
    env: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)  # person -> roles as written
    groups: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    rotas: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    """Sections that are absent by a slip, or faulty: what refers to them is judged once they stand."""
    judged: bool = True
    """False for a definition that was frozen earlier: its references are read, not looked up."""
    templates: Mapping[str, Template] | None = None
    """Every template by id; None where they were not read, so nothing is said about them."""
    topics: frozenset[str] | None = (
        None  # None: the topic list could not be read, so nothing is said about it
    )

    def holders(self, role: Role) -> frozenset[str]:
        """Who has this role."""
        return frozenset(person for person, roles in self.people.items() if role.value in roles)


def known_of(root: Node | None, folder: Path, env: Mapping[str, str]) -> Known:
    """The names that a configuration tree defines, however faulty the rest of it is."""
    if not isinstance(root, Entries):
        return Known(folder, env)
    return Known(
        folder=folder,
        env=env,
        people={
            text_of(row.get("id")): frozenset(role.text for role in texts(row.get("roles")))
            for row in rows(root.get("people"))
        },
        groups=_keys(root.get("groups")),
        units=frozenset(text_of(row.get("id")) for row in rows(root.get("units"))),
        rotas=_keys(root.get("rota")),
        unread=_unread(root),
    )


def people_readable(root: Entries) -> bool:
    """Whether every person has an own id and known roles."""
    people = rows(root.get("people"))
    ids = {text_of(person.get("id")) for person in people}
    roles = [[role.text for role in texts(person.get("roles"))] for person in people]
    listed = root.get("people")
    whole = isinstance(listed, Items) and len(listed.items) == len(people)
    return whole and bool(ids) and len(ids) == len(people) and all(r and set(r) <= set(Role) for r in roles)


_SHAPES = {"groups": Entries, "units": Items, "rota": Entries}


def _unread(root: Entries) -> frozenset[str]:
    """A section that may be left out counts as meant where a key beside it is nearly its name."""
    others = [name.text for name, _ in root.pairs if name.text not in _SHAPES]
    unread = {"people"} if not people_readable(root) else set()
    for name, shape in _SHAPES.items():
        node = root.get(name)
        if not isinstance(node, shape) if node is not None else get_close_matches(name, others, cutoff=0.7):
            unread.add(name)
    return frozenset(unread)


def _keys(node: Node | None) -> frozenset[str]:
    pairs: Iterable[tuple[Node, Node]] = node.pairs if isinstance(node, Entries) else ()
    return frozenset(text_of(name) for name, _ in pairs)


def context(info: ValidationInfo) -> Known:
    """The names that came with this validation; none where the caller gave none."""
    return info.context if isinstance(info.context, Known) else Known()
