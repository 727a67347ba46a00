"""The one YAML reader of the product: small, literal, and without the surprises of YAML 1.1.

No anchors, aliases, tags, merge keys, directives or second documents; duplicate keys are a fault; nothing is
turned into a date, a base-60 number or a boolean by its looks. Everything wrong is collected with its place.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import yaml

from bot.files.fault import Fault, Place, fault_at, quote, token_column
from bot.files.nodes import Entries, Items, Node, Scalar

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
_MAX_FAULTS = 100
_REMEMBERED = 128
_QUOTE = "Bila bagian dari teks, beri tanda kutip."
Loader = yaml.SafeLoader | yaml.CSafeLoader
_LOADERS: tuple[type[Loader], type[Loader]] = (
    yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader,
    yaml.SafeLoader,
)
"""The first reads twenty-five times faster. Whatever it has a fault in is told by the other."""
_ODD = re.compile(
    r'[\t\r\x85\u2028\u2029\ufeff]|^(---|\.\.\.)|(^|[^\w"])\?(\s|$)|[|>][-+0-9]*#|[^\n]\Z', re.MULTILINE
)
"""Where the two would not agree: what is a fault must not hang on how a machine's YAML was built."""


def parse(data: bytes, file: str) -> tuple[Node | None, list[Fault]]:
    """Read one document. Gives the tree (None where there is none to give) and all that is wrong with it."""
    root, faults = _parse(data, file)
    return root, list(faults)


@lru_cache(maxsize=_REMEMBERED)
def _parse(data: bytes, file: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """Remembered, because one start asks for the same files from several sides; a tree never changes."""
    if len(data) > MAX_BYTES:
        return None, (Fault(file, 1, 1, f"Berkas terlalu besar: paling banyak {MAX_BYTES // 1024} kB."),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _position(data[: error.start].decode("utf-8", "replace"))
        message = "Berkas bukan UTF-8. Simpan ulang dengan pengodean UTF-8."
        return None, (Fault(file, line, column, message),)
    for loader in _LOADERS[_ODD.search(text) is not None :]:
        builder = _Builder(file, loader)
        root = builder.build(text)
        if root is not None and not builder.faults:
            break
    return root, (*builder.faults, *_tokens(text, file))


def _tokens(text: str, file: str) -> list[Fault]:
    """A literal bot token anywhere, a comment included, must leave the file before anything else happens."""
    message = (
        "Token bot tertulis di berkas ini. Hapus, lalu ganti tokennya di @BotFather karena sudah terbuka."
    )
    hint = "Simpan yang baru di variabel lingkungan dan tulis ${TANGGAP_BOT_TOKEN} di sini."
    return [
        Fault(file, number, column, message, hint)
        for number, line in enumerate(text.split("\n"), 1)
        if (column := token_column(line))
    ]


def _position(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


class _StopReadingError(Exception):
    """Nothing sensible can be read after this point."""


class _Open:
    """A list or mapping that is still being filled."""

    def __init__(self, place: Place, *, mapping: bool, flow: bool) -> None:
        self.place = place
        self.mapping = mapping
        self.flow = flow
        self.items: list[Node] = []
        self.pairs: dict[str, tuple[Scalar, Node]] = {}
        self.key: Scalar | None = None
        self.expects_key = mapping


class _Builder:
    """Turns parser events into a tree without recursion, noting faults on the way."""

    def __init__(self, file: str, loader: type[Loader]) -> None:
        self._file = file
        self._loader = loader
        self._open: list[_Open] = []
        self._root: Node | None = None
        self.faults: list[Fault] = []

    def build(self, text: str) -> Node | None:
        loader: Loader | None = None
        try:
            # The constructor already reads the first characters and may refuse them.
            loader = self._loader(text)
            for event in _events(loader):
                self._take(event)
        except _StopReadingError:
            return None
        except yaml.YAMLError as error:
            self.faults += list(_syntax_faults(error, text, self._file))
            return None
        except (ValueError, OverflowError):
            # PyYAML lets an impossible escape such as "\UFFFFFFFF" fail in Python itself.
            at = (loader.line + 1, loader.column + 1) if isinstance(loader, yaml.SafeLoader) else (1, 1)
            place = Place(self._file, *at)
            self.faults.append(
                fault_at(place, "Nilai ini tidak dapat dibaca.", "Periksa tanda \\ di dalam kutip.")
            )
            return None
        if self._root is None and not self.faults:
            self.faults.append(Fault(self._file, 1, 1, "Berkas ini kosong."))
        return self._root

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + 1, mark.column + 1) if mark else Place(self._file)

    def _note(self, place: Place, message: str, hint: str = "") -> None:
        self.faults.append(fault_at(place, message, hint))
        if len(self.faults) >= _MAX_FAULTS:
            self.faults.append(fault_at(place, "Terlalu banyak kesalahan; sisanya tidak diperiksa."))
            raise _StopReadingError

    def _take(self, event: yaml.Event) -> None:
        place = self._place(event)
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event, place)
        elif isinstance(event, yaml.AliasEvent):
            self._note(place, f"Alias *{event.anchor} tidak dipakai di sini.", "Tulis isinya langsung.")
            self._add(Scalar("", plain=True, place=place))
        elif isinstance(event, yaml.ScalarEvent):
            self._decorations(event, place)
            self._scalar(event, place)
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            self._decorations(event, place)
            self._enter(place, mapping=isinstance(event, yaml.MappingStartEvent), flow=bool(event.flow_style))
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._leave()

    def _start_document(self, event: yaml.DocumentStartEvent, place: Place) -> None:
        if event.version or event.tags:
            self._note(place, "Baris % tidak dipakai di sini.", "Hapus baris itu.")
        if self._root is not None:
            self._note(
                place, "Satu berkas hanya untuk satu dokumen.", "Hapus baris --- atau pecah berkasnya."
            )
            raise _StopReadingError

    def _decorations(self, event: yaml.NodeEvent, place: Place) -> None:
        if event.anchor:
            self._note(place, f"Jangkar &{event.anchor} tidak dipakai di sini.", "Tulis isinya langsung.")
        if getattr(event, "tag", None):
            self._note(place, "Tanda ! tidak dipakai di sini.", _QUOTE)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        text = str(event.value)
        if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
            self._note(place, "Ada karakter yang rusak di sini.", "Ketik ulang teksnya.")
            text = ""
        if self._open and self._open[-1].flow and not event.style and (not text or "?" in text):
            self._differs()
        self._add(Scalar(text, plain=not event.style, place=place, lead=_lead(event)))

    def _differs(self) -> None:
        """The quick one reads something here that the other refuses, or places elsewhere."""
        if self._loader is not yaml.SafeLoader:
            raise _StopReadingError

    def _enter(self, place: Place, *, mapping: bool, flow: bool) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._note(place, f"Susunan terlalu dalam: paling banyak {MAX_DEPTH} tingkat.")
            raise _StopReadingError
        self._open.append(_Open(place, mapping=mapping, flow=flow))

    def _leave(self) -> None:
        done = self._open.pop()
        if done.mapping:
            self._add(Entries(tuple(done.pairs.values()), done.place))
        else:
            self._add(Items(tuple(done.items), done.place))

    def _add(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        top = self._open[-1]
        if not top.mapping:
            top.items.append(node)
        elif top.expects_key:
            top.key = self._checked_key(top, node)
            top.expects_key = False
        else:
            if top.key is not None:
                top.pairs[top.key.text] = (top.key, node)
            top.expects_key = True

    def _checked_key(self, top: _Open, node: Node) -> Scalar | None:
        if not isinstance(node, Scalar):
            self._note(node.place, "Nama kunci harus berupa teks.")
            return None
        if node.text == "<<" and node.plain:
            self._note(node.place, "Penggabungan << tidak dipakai di sini.", "Tulis isinya langsung.")
            return None
        if node.text in top.pairs:
            first = top.pairs[node.text][0].place.line
            self._note(
                node.place, f"Kunci {quote(node.text)} ditulis dua kali; yang pertama di baris {first}."
            )
            return None
        return node


def _lead(event: yaml.ScalarEvent) -> int | None:
    """The characters before the text itself, if it stands in the file as it reads, on one line."""
    lead = {"": 0, "'": 1, '"': 1}.get(event.style or "")
    start, end = event.start_mark, event.end_mark
    if lead is None or start is None or end is None or start.line != end.line:
        return None
    return lead if end.column - start.column == len(event.value) + 2 * lead else None


def _events(loader: Loader) -> Iterator[yaml.Event]:
    try:
        while loader.check_event():
            if (event := loader.get_event()) is not None:
                yield event
    finally:
        loader.dispose()


_INDENT = f"Periksa indentasi. {_QUOTE}"
# What PyYAML says, what we say, and whether the trouble is where the thing began rather than where it failed.
_PROBLEMS = (
    (
        "mapping values are not allowed",
        "Tanda titik dua tidak pada tempatnya.",
        _INDENT,
        False,
    ),
    (
        "but got '?'",
        "Ada tanda tanya tanpa kutip di dalam kurung ini.",
        "Beri tanda kutip pada teksnya.",
        True,
    ),
    ("could not find expected ':'", "Baris ini tidak punya titik dua setelah nama kunci.", "", True),
    ("expected <block end>", "Indentasi tidak sejajar dengan baris di atasnya.", "", False),
    ("expected ',' or", "Kurung ini belum ditutup, atau isinya kurang koma.", _QUOTE, True),
    ("while scanning a quoted scalar", "Tanda kutip ini belum ditutup.", "", True),
    (
        "unknown escape character",
        "Tanda \\ di dalam kutip ganda tidak dikenal.",
        "Pakai kutip tunggal.",
        False,
    ),
    (
        "expected escape sequence",
        "Tanda \\ di dalam kutip ganda tidak lengkap.",
        "Pakai kutip tunggal.",
        False,
    ),
    ("cannot start any token", "Karakter ini tidak boleh mengawali nilai.", "Beri tanda kutip.", False),
    ("undefined tag handle", "Tanda ! tidak dipakai di sini.", _QUOTE, True),
)
_UNREADABLE = ("", "Susunan YAML tidak dapat dibaca mulai dari sini.", "Periksa indentasi dan kutip.", False)


def _syntax_faults(error: yaml.YAMLError, text: str, file: str) -> Iterator[Fault]:
    if isinstance(error, yaml.reader.ReaderError):
        line, column = _position(text[: error.position])
        yield Fault(file, line, column, "Ada karakter tak terlihat yang tidak boleh ada di sini.", "Hapus.")
        return
    tabbed = [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]
    if tabbed and "'\\t'" in str(error):
        for number in tabbed[:_MAX_FAULTS]:
            yield Fault(file, number, 1, "Indentasi memakai tab.", "Ganti setiap tab dengan dua spasi.")
        return
    said = f"{getattr(error, 'problem', '')} {getattr(error, 'context', '')}"
    _, message, hint, from_start = next((known for known in _PROBLEMS if known[0] in said), _UNREADABLE)
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    mark = next(filter(None, reversed(marks) if from_start else marks), None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    yield Fault(file, line, column, message, hint)
