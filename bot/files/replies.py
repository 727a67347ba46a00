"""Reply templates: files of the agency's words, checked before anybody may say them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from bot.domain.people import Role
from bot.domain.target import Target, TargetKind
from bot.domain.template import SLOT, Slot, SlotKind, Template, TemplateState, TemplateUse, fingerprint
from bot.files.fault import Fault, did_you_mean, fault_at, quote, without_echoes
from bot.files.fields import Day, Flag, ShortText, Slug, Text, Whole, refuse, written
from bot.files.known import Known
from bot.files.nodes import Entries, Node, Scalar, descend, locate, named, rows, text_of, twice
from bot.files.references import ApproverRef, TargetRef, TemplateId, TopicRef
from bot.files.section import Section, validate
from bot.files.sources import read_kind, wrong_kind
from classifiers.labels import Label

TITLE_LENGTH = 24
"""A title is a button's text; longer ones are cut off on a phone."""
TEXT_LENGTH = 1000
MOST_SLOTS = 6
"""With at most 500 characters in each, a filled template still fits into one message of 4096."""
_LINK = r"^https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+([/?#][^\s<>\"'\\]*)?$"
_SLOT_NAME = r"^[a-z][a-z0-9_]{0,23}$"


def _slot_name(raw: object) -> str:
    text = written(raw)
    if not re.fullmatch(_SLOT_NAME, text):
        raise refuse(f"Nama isian {quote(text)} hanya boleh huruf kecil, angka, dan garis bawah.")
    return text


def _state(raw: object) -> TemplateState:
    text = written(raw)
    if text == TemplateState.APPROVED:
        raise refuse("Persetujuan tidak ditulis di berkas.", "Tulis proposed, lalu setujui lewat /templat.")
    if text not in {TemplateState.PROPOSED, TemplateState.RETIRED}:
        raise refuse(f"Nilai {quote(text)} tidak dikenal.", did_you_mean(text, ["proposed", "retired"]))
    return TemplateState(text)


def _source(raw: object) -> str:
    text = written(raw)
    if not re.fullmatch(_LINK, text):
        message = "source harus tautan https; tulis dasar lain di basis."
        raise refuse(message, "Contoh: source: https://www.bmkg.go.id, atau basis: UU 24/2013 Pasal 79A.")
    return text


_Name = Annotated[str, BeforeValidator(_slot_name), WithJsonSchema({"type": "string", "pattern": _SLOT_NAME})]
_State = Annotated[
    TemplateState,
    BeforeValidator(_state),
    WithJsonSchema({"type": "string", "enum": ["proposed", "retired"]}),
]


_Link = Annotated[
    str,
    BeforeValidator(_source),
    Field(max_length=300),
    WithJsonSchema({"type": "string", "pattern": _LINK, "maxLength": 300}),
]


class SlotRow(Section):
    type: SlotKind = Field(description="name (diisi bot), choice, date, link, atau text (bebas).")
    ask: ShortText | None = Field(default=None, description="Pertanyaan kepada petugas saat mengisi.")
    choices: dict[Slug, ShortText] = Field(default={}, description="Pilihan untuk `type: choice`.")
    max: Annotated[Whole, Field(ge=1, le=500)] | None = Field(
        default=None, description="Panjang terbanyak untuk `type: text`."
    )
    fallback: ShortText | None = Field(
        default=None,
        description="Yang dibaca bila kosong, misalnya: belum kami ketahui. Untuk date, link, text.",
    )

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if self.type is SlotKind.CHOICE and len(self.choices) < 2:
            raise refuse("Isian choice perlu paling sedikit dua pilihan di choices.", at=("type",))
        if self.type is not SlotKind.CHOICE and self.choices:
            raise refuse("choices hanya untuk type: choice.", at=("choices",))
        if self.type is SlotKind.TEXT and self.max is None:
            raise refuse("Isian text perlu batas max.", "Contoh: max: 80", at=("type",))
        if self.type is not SlotKind.TEXT and self.max is not None:
            raise refuse("max hanya untuk type: text.", at=("max",))
        if self.type in {SlotKind.NAME, SlotKind.CHOICE} and self.fallback is not None:
            raise refuse("fallback hanya untuk type: date, link, atau text.", at=("fallback",))
        return self


class TemplateRow(Section):
    id: TemplateId = Field(description="Nama unik, `topik/nama-pendek`.")
    title: Annotated[Text, Field(max_length=TITLE_LENGTH)] = Field(
        description="Judul pendek, jadi tombol; paling banyak 24 karakter."
    )
    labels: tuple[Label, ...] = Field(min_length=1, description="Kode label yang dijawab.")
    topics: tuple[TopicRef, ...] = Field(default=(), description="Kunci topik dari daftar topik.")
    keywords: tuple[ShortText, ...] = Field(
        default=(), description="Kata bantu untuk menyarankan templat ini."
    )
    text: Annotated[Text, Field(max_length=TEXT_LENGTH)] = Field(
        description="Teks balasan; {isian} diganti saat dipakai."
    )
    slots: Annotated[dict[_Name, SlotRow], Field(max_length=MOST_SLOTS)] = Field(
        default={}, description="Isian yang dipakai di text."
    )
    owner: TargetRef = Field(description="Penanggung jawab, misalnya `role:koordinator`.")
    approver: ApproverRef = Field(
        default=Target(TargetKind.ROLE, Role.KOORDINATOR.value),
        description="Siapa yang menyetujui: `role:koordinator`, atau `person:ID` seorang koordinator.",
    )
    source: _Link | None = Field(default=None, description="Tautan https ke rujukan resmi isi templat.")
    basis: ShortText | None = Field(
        default=None,
        description="Dasar lain isi templat: peraturan dan nomornya, nama SOP, atau siapa yang memastikan. "
        "Paling sedikit satu dari source dan basis harus ada.",
    )
    version: Annotated[Whole, Field(ge=1)] = Field(description="Naikkan setiap isi berubah.")
    valid_until: Day = Field(description="Tanggal terakhir boleh dipakai.")
    state: _State = Field(description="proposed atau retired; persetujuan dicatat lewat /templat.")
    use: TemplateUse = Field(
        default=TemplateUse.REPLY,
        description="reply (ditawarkan untuk balasan) atau playbook (hanya lewat langkah playbook).",
    )
    hands_over: ShortText | None = Field(
        default=None,
        description="Siapa yang berwenang; boleh memuat {isian}. Setelah balasan ini tayang, kasusnya "
        "tercatat bukan wewenang kami.",
    )
    repeat: Flag = Field(
        default=False,
        description="true: bot boleh mengirimnya lagi kepada yang menulis hal sama setelah dijawab "
        "(perlu `approval.repeat: true`).",
    )

    @model_validator(mode="after")
    def _repeats_only_prepared_words(self) -> Self:
        free = any(slot.type is SlotKind.TEXT for slot in self.slots.values())
        if self.repeat and (free or self.hands_over is not None):
            raise refuse("repeat hanya untuk templat tanpa isian text dan tanpa hands_over.", at=("repeat",))
        return self


class RepliesFile(Section):
    replies: Literal["v1"] = Field(description="Versi format berkas ini.")
    topic: Slug = Field(description="Pokok berkas ini; awalan setiap id.")
    templates: tuple[TemplateRow, ...] = Field(min_length=1, description="Templat, satu per butir.")


def read_templates(paths: Iterable[Path], known: Known) -> tuple[tuple[Template, ...], list[Fault]]:
    """Every template of these files and folders that could be read, and everything that is wrong."""
    sources, faults = read_kind(paths, "replies")
    templates: list[Template] = []
    first: dict[str, Scalar] = {}
    for root in (source.root for source in sources):
        if missing := wrong_kind(root, "replies"):
            faults += missing
            continue
        model, found = validate(RepliesFile, root, known)
        ruled = [*_text_faults(root), *twice(named(root.get("templates"), "id"), "ID", first)]
        faults += without_echoes(faults, [*found, *without_echoes(found, ruled)])
        if model is not None:
            templates += [_template(model.topic, row) for row in model.templates]
    return tuple(templates), faults


def templates_by_id(paths: Iterable[Path], known: Known) -> Mapping[str, Template] | None:
    """The templates that playbooks can point at; None where their files are faulty and told elsewhere."""
    templates, faults = read_templates(paths, known)
    return None if faults else by_id(templates)


def by_id(templates: Iterable[Template]) -> Mapping[str, Template]:
    """The same, from templates that were read already."""
    return {template.id: template for template in templates}


def _template(topic: str, row: TemplateRow) -> Template:
    slots = tuple(
        Slot(name, slot.type, slot.ask or "", tuple(slot.choices.items()), slot.max or 0, slot.fallback or "")
        for name, slot in row.slots.items()
    )
    template = Template(
        id=row.id,
        topic=topic,
        title=row.title,
        labels=tuple(label.value for label in row.labels),
        topics=row.topics,
        keywords=tuple(word.lower() for word in row.keywords),
        text=row.text,
        slots=slots,
        owner=str(row.owner),
        source=row.source or "",
        basis=row.basis or "",
        version=row.version,
        valid_until=row.valid_until,
        state=row.state,
        use=row.use,
        hands_over=row.hands_over or "",
        approver=str(row.approver),
        repeat=row.repeat,
    )
    return replace(template, sha256=fingerprint(template))


def _text_faults(root: Entries) -> Iterator[Fault]:
    topic = text_of(root.get("topic"))
    for row in rows(root.get("templates")):
        yield from _slot_faults(row)
        if row.get("source") is None and row.get("basis") is None:
            hint = "source untuk tautan https, basis untuk dasar lain."
            yield fault_at(row.place, "Templat perlu source atau basis.", hint)
        template_id = row.get("id")
        prefix = text_of(template_id).partition("/")[0]
        if template_id is not None and topic and "/" in text_of(template_id) and prefix != topic:
            message = f"ID {quote(text_of(template_id))} harus diawali {quote(topic + '/')}."
            yield fault_at(template_id.place, message)


def _unknown_slots(node: Node | None, declared: Iterable[str]) -> Iterator[Fault]:
    if node is None:
        return
    for name in dict.fromkeys(SLOT.findall(text_of(node))):
        if name not in declared:
            yield fault_at(node.place, f"Isian {{{name}}} tidak ada di slots.", did_you_mean(name, declared))


def _slot_faults(row: Entries) -> Iterator[Fault]:
    node = row.get("text")
    text = text_of(node)
    if node is None or not text:
        return  # said already: the key is missing or empty
    slots = row.get("slots")
    declared = {key.text: key for key, _ in slots.pairs} if isinstance(slots, Entries) else {}
    used = SLOT.findall(text)
    yield from _unknown_slots(node, declared)
    yield from _unknown_slots(row.get("hands_over"), declared)
    for name, key in declared.items():
        if name not in used:
            yield fault_at(key.place, f"Isian {quote(name)} tidak dipakai di text.", did_you_mean(name, used))
    if stray := re.search(r"[{}]", SLOT.sub("", text)):
        message = f"Ada tanda {stray.group()} yang bukan isian."
        yield fault_at(node.place, message, "Isian ditulis {nama}, huruf kecil tanpa spasi.")
    if used and text.lstrip().startswith("{") and text_of(descend(row, ("slots", used[0], "type"))) == "name":
        message = "Teks tidak boleh diawali nama: bila namanya kosong, kalimatnya tidak utuh."
        yield fault_at(locate(row, ("text",)), message, "Awali dengan sapaan, misalnya Halo Kak {nama}.")
