"""Reading a condition: words, then a tree, with the column of whatever cannot be read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.expression import (
    FUNCTIONS,
    NAMES,
    Comparison,
    Condition,
    Expression,
    Junction,
    Literal,
    Name,
    Negation,
    Operator,
)

LONGEST = 500
DEEPEST = 12
_LONGEST_TIME = 36_500 * 86_400
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


class Trouble(StrEnum):
    """What is wrong with a condition; the files have a sentence for each."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    STRANGE = "strange"
    """A character or sign that the grammar does not have."""
    QUOTE_OPEN = "quote_open"
    NO_NUMBER = "no_number"
    BRACKET_OPEN = "bracket_open"
    BRACKET_LEFT = "bracket_left"
    """A closing bracket without an opening one."""
    UNFINISHED = "unfinished"
    """Something has to follow here."""
    NO_OPERATOR = "no_operator"
    """Two values side by side."""
    CHAINED = "chained"
    """a < b < c."""
    BARE_VALUE = "bare_value"
    """A value that is compared with nothing."""
    NO_SUCH_NAME = "no_such_name"
    NO_SUCH_FUNCTION = "no_such_function"
    NEEDS_LENGTH = "needs_length"
    """A function without its length of time."""
    STEP_PART = "step_part"
    """`steps.` needs an id and one thing of that step."""


class ExpressionFault(ValueError):
    """A condition that cannot be read: what, where in the text (from 1), and the words in question."""

    def __init__(self, trouble: Trouble, column: int, found: str = "") -> None:
        super().__init__(f"{trouble} at {column}: {found!r}")
        self.trouble = trouble
        self.column = column
        self.found = found


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    text: str
    column: int


_SEGMENT = r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*"
_WORDS = re.compile(
    r"(?P<blank>\s+)"
    rf"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.{_SEGMENT})*)"
    r"|(?P<length>[1-9]\d{0,6}[smhd](?![A-Za-z0-9_]))"
    r"|(?P<number>-?(?:0|[1-9]\d{0,8})(?![A-Za-z0-9_.]))"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<sign>==|!=|<=|>=|<|>)"
    r"|(?P<open>\()|(?P<close>\))"
)


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    at = 0
    while at < len(text):
        match = _WORDS.match(text, at)
        if match is None or match.lastgroup is None:
            raise _stray(text, at)
        if match.lastgroup != "blank":
            found.append(_Word(match.lastgroup, match.group(), at + 1))
        at = match.end()
    return found


def _stray(text: str, at: int) -> ExpressionFault:
    rest = text[at:]
    if rest[0] in "'\"":
        return ExpressionFault(Trouble.QUOTE_OPEN, at + 1)
    number = re.match(r"-?\d[\w.,]*", rest)
    if number is not None:
        return ExpressionFault(Trouble.NO_NUMBER, at + 1, number.group())
    sign = re.match(r"[^\sA-Za-z0-9_()'\"]{1,3}", rest)
    return ExpressionFault(Trouble.STRANGE, at + 1, sign.group() if sign else rest[0])


def parse(text: str) -> Expression:
    """Read a condition. Raises ExpressionFault."""
    if len(text) > LONGEST:
        raise ExpressionFault(Trouble.TOO_LONG, 1)
    words = _words(text)
    if not words:
        raise ExpressionFault(Trouble.EMPTY, 1)
    return Expression(text.strip(), _Reader(words, len(text.rstrip()) + 1).whole())


class _Reader:
    """Recursive descent, one method per rule of the grammar, as deep as DEEPEST brackets or negations."""

    def __init__(self, words: Sequence[_Word], end: int) -> None:
        self._words = words
        self._at = 0
        self._depth = 0
        self._end = end

    def whole(self) -> Condition:
        tree = self._any()
        left = self._peek()
        if left is None:
            return tree
        if left.kind == "close":
            raise ExpressionFault(Trouble.BRACKET_LEFT, left.column)
        trouble = Trouble.CHAINED if left.kind == "sign" else Trouble.NO_OPERATOR
        raise ExpressionFault(trouble, left.column, left.text)

    def _peek(self) -> _Word | None:
        return self._words[self._at] if self._at < len(self._words) else None

    def _take(self) -> _Word:
        word = self._peek()
        if word is None:
            raise ExpressionFault(Trouble.UNFINISHED, self._end)
        self._at += 1
        return word

    def _accept(self, kind: str, text: str = "") -> _Word | None:
        word = self._peek()
        if word is None or word.kind != kind or (text and word.text != text):
            return None
        self._at += 1
        return word

    def _any(self) -> Condition:
        return self._joined("or", self._all, every=False)

    def _all(self) -> Condition:
        return self._joined("and", self._not, every=True)

    def _joined(self, word: str, part: Callable[[], Condition], *, every: bool) -> Condition:
        parts = [part()]
        while self._accept("name", word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(every, tuple(parts))

    def _not(self) -> Condition:
        word = self._accept("name", "not")
        if word is None:
            return self._primary()
        self._deeper(word)
        inner = self._not()
        self._depth -= 1
        return Negation(inner)

    def _deeper(self, word: _Word) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionFault(Trouble.TOO_DEEP, word.column)

    def _primary(self) -> Condition:
        bracket = self._accept("open")
        if bracket is None:
            return self._comparison()
        self._deeper(bracket)
        inner = self._any()
        self._depth -= 1
        if self._accept("close") is None:
            left = self._peek()
            if left is not None and left.kind != "close":
                trouble = Trouble.CHAINED if left.kind == "sign" else Trouble.NO_OPERATOR
                raise ExpressionFault(trouble, left.column, left.text)
            raise ExpressionFault(Trouble.BRACKET_OPEN, bracket.column)
        return inner

    def _comparison(self) -> Condition:
        left = self._operand()
        sign = self._accept("sign")
        if sign is not None:
            return Comparison(left, Operator(sign.text), self._operand())
        if isinstance(left, Literal) and not isinstance(left.value, bool):
            raise ExpressionFault(Trouble.BARE_VALUE, left.column, str(left))
        return left

    def _operand(self) -> Literal | Name:
        word = self._take()
        match word.kind:
            case "text":
                return Literal(word.text[1:-1], column=word.column)
            case "number":
                return Literal(int(word.text), column=word.column)
            case "length":
                return Literal(_seconds(word), length=True, column=word.column)
            case "name" if word.text in {"true", "false"}:
                return Literal(word.text == "true", column=word.column)
            case "name" if word.text not in {"and", "or", "not"}:
                return self._name(word)
            case "close":
                raise ExpressionFault(Trouble.UNFINISHED, word.column)
            case _:
                raise ExpressionFault(Trouble.UNFINISHED, word.column, word.text)

    def _name(self, word: _Word) -> Name:
        is_call = self._accept("open")
        if is_call is not None:
            return self._call(word, is_call)
        if word.text in FUNCTIONS:
            raise ExpressionFault(Trouble.NEEDS_LENGTH, word.column, word.text)
        parts = word.text.split(".")
        if parts[0] == "steps":
            if len(parts) != 3:
                raise ExpressionFault(Trouble.STEP_PART, word.column, word.text)
        elif word.text not in NAMES and (parts[0] != "event" or len(parts) != 2):
            raise ExpressionFault(Trouble.NO_SUCH_NAME, word.column, word.text)
        return Name(word.text, column=word.column)

    def _call(self, word: _Word, bracket: _Word) -> Name:
        if word.text not in FUNCTIONS:
            raise ExpressionFault(Trouble.NO_SUCH_FUNCTION, word.column, word.text)
        given = self._accept("length")
        if given is None:
            inside = self._peek()
            column = inside.column if inside is not None else self._end
            raise ExpressionFault(Trouble.NEEDS_LENGTH, column, word.text)
        if self._accept("close") is None:
            raise ExpressionFault(Trouble.BRACKET_OPEN, bracket.column)
        return Name(word.text, _seconds(given), word.column)


def _seconds(word: _Word) -> int:
    seconds = int(word.text[:-1]) * _SECONDS[word.text[-1]]
    if seconds > _LONGEST_TIME:
        raise ExpressionFault(Trouble.NO_NUMBER, word.column, word.text)
    return seconds
