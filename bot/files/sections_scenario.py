"""The shape of a scenario file."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bot.domain.outside import EPOCH, OutsideEvent, plain
from bot.domain.scenario import Goal, GoalWithin, Inject, Scenario, ScriptLine, StagedComment
from bot.files.fields import Duration, ShortText, Slug, Text, one_or_more
from bot.files.references import ChannelRef, TargetOrAcker
from bot.files.section import Section
from bot.files.sections_form import FieldName


class CommentRow(Section):
    at: Duration = Field(description="Kapan, dihitung dari pembukaan.")
    author: ShortText = Field(alias="from", description="Nama rekaan.")
    text: Annotated[Text, Field(max_length=1000)] = Field(description="Tulisan rekaan.")


class InjectRow(Section):
    at: Duration = Field(description="Kapan, dihitung dari pembukaan.")
    to: TargetOrAcker = Field(description="Kepada siapa pemandu menyampaikannya.")
    text: Annotated[Text, Field(max_length=500)] = Field(description="Yang disampaikan.")


class ActRow(Section):
    at: Duration = Field(description="Kapan, dihitung dari pembukaan.")
    do: Literal[
        "acknowledge",
        "raise",
        "take_over",
        "still_handling",
        "answer",
        "edit",
        "approve",
        "return",
        "reject",
        "posted",
        "tick",
        "skip",
        "jump",
        "release",
        "resolve",
        "false_alarm",
        "trigger",
    ] = Field(description="Apa yang dilakukan.")
    by: TargetOrAcker = Field(description="Oleh siapa.")
    step: Slug | None = Field(default=None, description="Langkah yang dikerjakan.")
    choice: Slug | None = Field(default=None, description="answer: pilihan yang diambil.")
    fields: dict[FieldName, Text] = Field(default={}, description="answer: isian.")
    channel: ChannelRef | None = Field(default=None, description="posted: kanal yang dipakai.")
    items: Annotated[tuple[Slug, ...], BeforeValidator(one_or_more)] = Field(
        default=(), description="tick: butir yang dicentang."
    )
    text: Annotated[Text, Field(max_length=3500)] | None = Field(
        default=None, description="Alasan, catatan, atau teks yang disunting."
    )


class TargetRow(Section):
    what: Goal = Field(description="acknowledged, done, atau resolved.")
    within: Duration = Field(description="Paling lambat, dihitung dari pembukaan.")
    step: Slug | None = Field(default=None, description="done: langkahnya.")


class EventRow(Section):
    source: Slug = Field(description="Pengirim rekaan: id yang dirujuk playbook.")
    kind: Slug = Field(description="Jenis kabarnya.")
    fields: dict[FieldName, Annotated[Text, Field(max_length=300)]] = Field(
        default={}, max_length=20, description="Isinya: nama dan nilai."
    )


class ScenarioFile(Section):
    drill: Literal["v1"] = Field(description="Versi format berkas ini.")
    id: Slug = Field(description="Nama unik skenario.")
    playbook: Slug = Field(description="ID playbook yang dilatih.")
    title: ShortText = Field(description="Judul latihan.")
    story: Annotated[Text, Field(max_length=1500)] = Field(description="Ceritanya, dalam beberapa kalimat.")
    lasts: Duration = Field(description="Lamanya latihan.")
    opens: Literal["burst", "comment", "manual", "schedule", "heartbeat", "event"] = Field(
        default="manual", description="Pemicu yang dimainkan."
    )
    event: EventRow | None = Field(default=None, description="Kabar rekaan; wajib bila `opens: event`.")
    comments: tuple[CommentRow, ...] = Field(default=(), max_length=100, description="Tulisan warga rekaan.")
    injects: tuple[InjectRow, ...] = Field(default=(), max_length=50, description="Kejutan dari pemandu.")
    acts: tuple[ActRow, ...] = Field(
        default=(), max_length=200, description="Jalannya latihan yang baik, untuk tanggap rehearse."
    )
    targets: tuple[TargetRow, ...] = Field(
        default=(), max_length=20, description="Yang dilihat sesudah latihan."
    )

    def made(self) -> Scenario:
        """The scenario of the domain."""
        return Scenario(
            id=self.id,
            playbook=self.playbook,
            title=self.title,
            story=self.story,
            lasts=self.lasts,
            opens=self.opens,
            comments=tuple(StagedComment(row.at, row.author, row.text) for row in self.comments),
            injects=tuple(Inject(row.at, row.to, row.text) for row in self.injects),
            acts=tuple(_line(row) for row in self.acts),
            targets=tuple(GoalWithin(row.what, row.within, row.step or "") for row in self.targets),
            event=self._event(),
        )

    def _event(self) -> OutsideEvent | None:
        row = self.event
        if row is None:
            return None
        fields = tuple((name, plain(value)) for name, value in row.fields.items())
        return OutsideEvent(row.source, self.id, row.kind, EPOCH, fields)


def _line(row: ActRow) -> ScriptLine:
    return ScriptLine(
        at=row.at,
        do=row.do,
        by=row.by,
        step=row.step or "",
        choice=row.choice or "",
        fields=tuple(row.fields.items()),
        channel=row.channel or "",
        items=row.items,
        text=row.text or "",
    )
