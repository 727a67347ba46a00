"""What opens a playbook, as a file says it."""

from datetime import timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from bot.domain.outside import PULSE
from bot.domain.trigger import GroupBy, parse_group_by
from bot.files.fault import did_you_mean, quote
from bot.files.fields import (
    ClockTime,
    Days,
    Duration,
    Share,
    Slug,
    Text,
    Whole,
    one_or_more,
    refuse,
    written,
)
from bot.files.references import TargetName, TopicRef
from bot.files.section import Section
from classifiers.labels import Label

_SHORTEST_SILENCE = timedelta(minutes=2)


def _group_by(raw: object) -> GroupBy:
    text = written(raw)
    try:
        return parse_group_by(text)
    except ValueError:
        raise refuse(f"Pengelompokan {quote(text)} tidak dikenal.", did_you_mean(text, GroupBy)) from None


GroupByText = Annotated[GroupBy, BeforeValidator(_group_by), WithJsonSchema({"type": "string"})]


class CommentRow(Section):
    label: Label | None = Field(default=None, description="Kode label yang harus ada.")
    topics: tuple[TopicRef, ...] = Field(default=(), description="Salah satu topik ini harus tersentuh.")
    min_confidence: Share | None = Field(default=None, description="Skor terendah label itu (0 sampai 1).")

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if self.label is None and not self.topics:
            raise refuse("Pemicu comment perlu label atau topics.")
        if self.min_confidence is not None and self.label is None:
            raise refuse("min_confidence perlu label.", at=("min_confidence",))
        return self


class BurstRow(Section):
    label: Label = Field(description="Kode label yang dihitung.")
    topics: tuple[TopicRef, ...] = Field(default=(), description="Bila diisi, hanya topik ini yang dihitung.")
    group_by: GroupByText = Field(
        default=GroupBy.CLAIM, description="Apa yang dihitung sebagai satu: claim, topic."
    )
    count: Annotated[Whole, Field(ge=2, le=10_000)] = Field(description="Banyaknya komentar.")
    within: Duration = Field(description="Dalam waktu berapa lama.")


class ScheduleRow(Section):
    at: ClockTime = Field(description="Jam menurut zona kantor, `HH:MM`.")
    days: Days | None = Field(default=None, description="Hari: `sen-jum`; kosong: setiap hari.")
    day_of_month: Annotated[Whole, Field(ge=1, le=28)] | None = Field(
        default=None, description="Tanggal setiap bulan, 1 sampai 28."
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.days is not None and self.day_of_month is not None:
            raise refuse("Pilih days atau day_of_month, tidak keduanya.", at=("day_of_month",))
        return self


def _a_while(length: timedelta) -> timedelta:
    if length < _SHORTEST_SILENCE:
        raise refuse("Paling singkat 2m: jeda sependek itu belum berarti apa-apa.")
    return length


class HeartbeatRow(Section):
    connector: Slug = Field(description="Sambungan: telegram, import, atau id di events.sources.")
    silent_for: Annotated[Duration, AfterValidator(_a_while)] = Field(
        description="Berapa lama diam sebelum playbook dibuka; yang belum pernah terdengar tidak ditunggu."
    )


def _no_pulse(kind: str | None) -> str | None:
    if kind == PULSE:
        raise refuse(f"Kabar {quote(PULSE)} hanya tanda hidup dan tidak membuka apa pun.", "Pakai heartbeat.")
    return kind


class EventRow(Section):
    source: Slug = Field(description="Pengirim: id di events.sources.")
    kind: Annotated[Slug | None, AfterValidator(_no_pulse)] = Field(
        default=None, description="Jenis kabar; kosong: semua kecuali denyut."
    )
    where: dict[Text, Annotated[tuple[Text, ...], Field(min_length=1), BeforeValidator(one_or_more)]] = Field(
        default={}, max_length=10, description="Isi kabar yang dicari: nama dan nilai-nilainya."
    )


def _listed(raw: object) -> object:
    """Let a single one stand for a list of one."""
    return [raw] if isinstance(raw, dict) else raw


class OnRow(Section):
    comment: CommentRow | None = Field(default=None, description="Satu komentar sudah cukup.")
    burst: BurstRow | None = Field(default=None, description="Banyak komentar dalam waktu singkat.")
    manual: tuple[TargetName, ...] = Field(default=(), description="Siapa yang boleh membuka sendiri.")
    schedule: Annotated[tuple[ScheduleRow, ...], BeforeValidator(_listed)] = Field(
        default=(), max_length=5, description="Pada jam tertentu; satu atau beberapa."
    )
    heartbeat: HeartbeatRow | None = Field(default=None, description="Sambungan yang diam terlalu lama.")
    event: Annotated[tuple[EventRow, ...], BeforeValidator(_listed)] = Field(
        default=(),
        max_length=10,
        description="Kabar bertanda tangan dari sistem lain; satu atau beberapa.",
    )

    @model_validator(mode="after")
    def _has_a_trigger(self) -> Self:
        if not any(getattr(self, name) for name in type(self).model_fields):
            raise refuse("Playbook ini tidak punya pemicu.", "Isi comment, burst, atau manual.")
        return self
