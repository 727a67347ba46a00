"""A YAML document as a tree in which every value remembers its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.files.fault import Fault, Place, fault_at, quote

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_OTHER = "Pakai nama lain, atau hapus salah satunya."
Loc = tuple[int | str, ...]


class Plain(str):
    """A scalar written without quotation marks: only such a one may be read as a number or true/false.

    The field decides what it is, not the look of the value, so `1.10` stays "1.10" where a text is wanted.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Scalar:
    """One written value.

    `lead`: how many characters stand before its first one at its place, where it is written as it reads, on
    one line; None where it is folded or has escapes, so that no column inside it can be told.
    """

    text: str
    plain: bool
    place: Place
    lead: int | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping, in file order. A duplicate key was reported by the parser and its first value kept."""

    pairs: tuple[tuple[Scalar, "Node"], ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """The value under a key."""
        return next((node for name, node in self.pairs if name.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        return next((name for name, _ in self.pairs if name.text == key), None)


Node = Scalar | Items | Entries
Value = None | str | list["Value"] | dict[str, "Value"]


def value(node: Node) -> Value:
    """The tree as plain Python values; an unquoted scalar is a `Plain`, an empty one None."""
    if isinstance(node, Items):
        return [value(item) for item in node.items]
    if isinstance(node, Entries):
        return {key.text: value(held) for key, held in node.pairs}
    if node.plain:
        return None if node.text in _NULLS else Plain(node.text)
    return node.text


def descend(root: Node, loc: Loc) -> Node | None:
    """The node at a path of keys and indices, or None."""
    node: Node | None = root
    for step in loc:
        if isinstance(node, Entries) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def follow(root: Node, loc: Loc) -> Node | None:
    """As descend, passing over steps that are in no file (the name of a branch of a union)."""
    node: Node = root
    for step in loc:
        below = descend(node, (step,))
        if below is None and isinstance(step, int):
            return None
        node = node if below is None else below
    return node


def locate(root: Node, loc: Loc, *, key: bool = False) -> Place:
    """Where a path leads in the file.

    A text is pointed at itself, a mapping or list at the key that opens it; `key` always asks for the key.
    Steps that are in no file (the name of a branch of a union, "[key]") are passed over.
    """
    node, place = root, root.place
    for step in loc:
        if isinstance(node, Entries) and isinstance(step, str):
            name, held = node.key(step), node.get(step)
            if name is None or held is None:
                continue
            node = held
            place = node.place if isinstance(node, Scalar) and not key else name.place
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            place = node.place
    return place


def within(node: Node | None, place: Place, offset: int) -> Place:
    """The place of a character inside a text; the text's own where that cannot be told."""
    if not offset or not isinstance(node, Scalar) or node.lead is None:
        return place
    # The reader strips what stands around a text before anybody counts in it.
    blank = len(node.text) - len(node.text.lstrip())
    return replace(node.place, column=node.place.column + node.lead + blank + offset)


def texts(node: Node | None) -> list[Scalar]:
    """The scalars of a list; anything else in it is somebody else's fault to report."""
    return [item for item in node.items if isinstance(item, Scalar)] if isinstance(node, Items) else []


def rows(node: Node | None) -> list[Entries]:
    """The mappings of a list."""
    return [item for item in node.items if isinstance(item, Entries)] if isinstance(node, Items) else []


def text_of(node: Node | None) -> str:
    """The text of a scalar, or ""."""
    return node.text if isinstance(node, Scalar) else ""


def twice(names: Iterable[Scalar], what: str, first: dict[str, Scalar] | None = None) -> Iterator[Fault]:
    """A fault for every name that was there before. `first` carries the names over from file to file."""
    seen = {} if first is None else first
    for name in names:
        before = seen.setdefault(name.text, name)
        if before is not name and name.text:
            where = f"baris {before.place.line}"
            if before.place.file != name.place.file:
                where = f"{before.place.file} {where}"
            yield fault_at(name.place, f"{what} {quote(name.text)} sudah ada di {where}.", _OTHER)


def named(node: Node | None, key: str) -> list[Scalar]:
    """The scalars under one key of every mapping in a list."""
    return [held for row in rows(node) if isinstance(held := row.get(key), Scalar)]
