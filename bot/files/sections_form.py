"""Forms in playbook files: the question, its choices, the lines to fill in."""

import re
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from bot.domain.expression import STEP_STATES
from bot.domain.step_run import CHOICE
from bot.domain.steps import AnswerKind
from bot.domain.steps import Field as AnswerField
from bot.files.addresses import Domain
from bot.files.fault import did_you_mean, quote
from bot.files.fields import Flag, ShortText, Slug, Text, Whole, refuse, written
from bot.files.section import Section

FIELD = r"^[a-z][a-z0-9_]{0,23}$"
_MOST_FIELDS = 8
_LONGEST_ANSWER = 1000
_USUAL_LENGTH = 500
"""Characters of a text that a file sets no limit to."""
_RESERVED = frozenset({CHOICE, *STEP_STATES})


def _field_name(raw: object) -> str:
    text = written(raw)
    if text in _RESERVED:
        raise refuse(f"Nama isian {quote(text)} sudah punya arti sendiri di syarat.", "Pakai nama lain.")
    if not re.fullmatch(FIELD, text):
        raise refuse(f"Nama isian {quote(text)} hanya boleh huruf kecil, angka, dan garis bawah.")
    return text


FieldName = Annotated[str, BeforeValidator(_field_name), WithJsonSchema({"type": "string", "pattern": FIELD})]
Choices = Annotated[dict[Slug, ShortText], Field(max_length=8)]


class FieldRow(Section):
    type: AnswerKind = Field(
        default=AnswerKind.TEXT, description="text, url, number, date, time, atau choice."
    )
    ask: ShortText | None = Field(default=None, description="Pertanyaan untuk isian ini.")
    max: Annotated[Whole, Field(ge=1)] | None = Field(
        default=None, description="text: panjang terbanyak; number: angka terbesar."
    )
    allow: tuple[Domain, ...] = Field(default=(), description="url: domain yang boleh; subdomainnya ikut.")
    choices: Choices = Field(default={}, description="choice: kunci dan kata-katanya.")
    optional: Flag = Field(default=False, description="true: boleh dikosongkan.")
    required_for: tuple[Slug, ...] = Field(
        default=(), description="Pilihan jawaban yang mewajibkan isian ini; untuk yang lain boleh kosong."
    )

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if self.type is AnswerKind.CHOICE and len(self.choices) < 2:
            raise refuse("Isian choice perlu paling sedikit dua pilihan di choices.", at=("type",))
        if self.type is not AnswerKind.CHOICE and self.choices:
            raise refuse("choices hanya untuk type: choice.", at=("choices",))
        if self.type is AnswerKind.URL and not self.allow:
            hint = "Contoh: allow: [bmkg.go.id, bnpb.go.id]"
            raise refuse("Isian url perlu daftar domain resmi di allow.", hint, at=("type",))
        if self.type is not AnswerKind.URL and self.allow:
            raise refuse("allow hanya untuk type: url.", at=("allow",))
        if self.required_for and "optional" in self.model_fields_set:
            raise refuse("optional dan required_for tidak dipakai bersama.", at=("optional",))
        if self.max is not None and self.type not in {AnswerKind.TEXT, AnswerKind.NUMBER}:
            raise refuse("max hanya untuk type: text atau number.", at=("max",))
        if self.type is AnswerKind.TEXT and (self.max or 0) > _LONGEST_ANSWER:
            raise refuse(f"Isian text paling panjang {_LONGEST_ANSWER} karakter.", at=("max",))
        return self

    def made(self, name: str) -> AnswerField:
        """The field of the domain."""
        longest = _USUAL_LENGTH if self.type is AnswerKind.TEXT and self.max is None else self.max
        choices = tuple(self.choices.items())
        optional = self.optional or bool(self.required_for)
        return AnswerField(
            name, self.type, self.ask or "", longest, self.allow, choices, optional, self.required_for
        )


Fields = Annotated[dict[FieldName, FieldRow], Field(max_length=_MOST_FIELDS)]


def made_fields(rows: dict[str, FieldRow]) -> tuple[AnswerField, ...]:
    """The fields of the domain, in file order."""
    return tuple(row.made(name) for name, row in rows.items())


class AskWith(Section):
    question: Annotated[Text, Field(max_length=500)] = Field(description="Pertanyaannya.")
    choices: Choices = Field(default={}, description="Pilihan jawaban: kunci dan kata-katanya.")
    fields: Fields = Field(default={}, description="Isian sesudah pilihan.")

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.choices and not self.fields:
            raise refuse("Pertanyaan ini perlu choices atau fields.", at=("question",))
        if len(self.choices) == 1:
            raise refuse("Satu pilihan bukan pilihan.", "Beri paling sedikit dua.", at=("choices",))
        return self

    @model_validator(mode="after")
    def _requires_for_its_own_choices(self) -> Self:
        for name, row in self.fields.items():
            for number, choice in enumerate(row.required_for):
                if choice not in self.choices:
                    at = ("fields", name, "required_for", number)
                    message = f"Pilihan {quote(choice)} tidak ada di choices pertanyaan ini."
                    raise refuse(message, did_you_mean(choice, self.choices), at=at)
        return self


class RequestWith(Section):
    question: Annotated[Text, Field(max_length=500)] | None = Field(
        default=None, description="Pengantar untuk unit yang dimintai."
    )
    ask: Annotated[tuple[FieldName, ...], Field(max_length=_MOST_FIELDS)] = Field(
        default=(), description="Isian teks yang diminta, cukup namanya."
    )
    fields: Fields = Field(default={}, description="Isian dengan jenis dan batasnya.")

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.ask and not self.fields:
            raise refuse("Permintaan data perlu ask atau fields.", "Contoh: ask: [fakta, anjuran]")
        chosen = next((name for name, row in self.fields.items() if row.required_for), None)
        if chosen is not None:
            hint = "Pakai optional: true bila boleh dikosongkan."
            raise refuse("required_for hanya untuk pertanyaan.", hint, at=("fields", chosen, "required_for"))
        twice = next((name for name in self.ask if name in self.fields or self.ask.count(name) > 1), None)
        if twice is not None:
            raise refuse(f"Isian {quote(twice)} diminta dua kali.", at=("ask", self.ask.index(twice)))
        return self

    def made(self) -> tuple[AnswerField, ...]:
        """The fields of the domain: those that are only named, then those with a type."""
        plain = (AnswerField(name, max=_USUAL_LENGTH) for name in self.ask)
        return (*plain, *made_fields(self.fields))
