"""What every row of a step has in common: its keys, whom it is for, what follows when it goes another way."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from bot.domain.playbook import After, Reaction, Step
from bot.domain.step_state import StepState
from bot.domain.steps import Uses
from bot.domain.target import Target
from bot.files.conditions import ConditionText
from bot.files.fault import did_you_mean, quote
from bot.files.fields import SLUG, Duration, ShortText, Slug, one_or_more, refuse, written
from bot.files.references import TargetOrAcker
from bot.files.section import Section

ONE_OR_MORE = BeforeValidator(one_or_more, json_schema_input_type=TargetOrAcker | list[TargetOrAcker])
To = Annotated[tuple[TargetOrAcker, ...], Field(min_length=1), ONE_OR_MORE]


def _reaction(raw: object) -> Reaction:
    text = written(raw)
    what, _, step = text.partition(" ")
    if what not in frozenset(After):
        raise refuse(f"Tindak lanjut {quote(text)} tidak dikenal.", _meant(text))
    if (what == After.GOTO) is not bool(re.fullmatch(SLUG, step)):
        raise refuse(f"Tindak lanjut {quote(text)} tidak lengkap.", "Tulis goto dan satu nama langkah.")
    return Reaction(After(what), step)


def _meant(text: str) -> str:
    # Whoever wants silence to publish gets the reason, not a spelling lesson.
    if text in {"publish", "approve", "setuju"}:
        return "Diam tidak pernah berarti setuju. Tulis escalate, notify, ask_human, atau goto langkah."
    return did_you_mean(text, After)


def _only(*allowed: After) -> AfterValidator:
    def judged(reaction: Reaction) -> Reaction:
        if reaction.what not in allowed:
            told = ", ".join("goto langkah" if one is After.GOTO else one for one in allowed)
            raise refuse(f"{quote(reaction.what)} tidak boleh di sini.", f"Yang boleh: {told}.")
        return reaction

    return AfterValidator(judged)


_AFTER = WithJsonSchema(
    {"type": "string", "pattern": "^(continue|escalate|notify|ask_human|goto [a-z0-9-]+)$"}
)
AnyReaction = Annotated[Reaction, BeforeValidator(_reaction), _AFTER]
NeverOn = Annotated[AnyReaction, _only(After.ESCALATE, After.NOTIFY, After.ASK_HUMAN, After.GOTO)]
"""What may follow an approval that did not come: anything but going on."""
Returned = Annotated[AnyReaction, _only(After.GOTO, After.NOTIFY, After.ASK_HUMAN)]


ENDINGS = {
    "on_timeout": StepState.EXPIRED,
    "on_return": StepState.RETURNED,
    "on_reject": StepState.REJECTED,
    "on_failure": StepState.FAILED,
}
"""The keys that say what follows, and the end of the step that each is about."""


class StepRow(Section):
    id: Slug = Field(description="Nama pendek langkah.")
    name: ShortText = Field(description="Nama yang tampil.")
    needs: tuple[Slug, ...] = Field(default=(), description="Langkah yang harus selesai lebih dulu.")
    condition: ConditionText | None = Field(
        default=None, alias="if", description="Syarat; bila tidak benar, langkah ini dilewati."
    )
    basis: Slug | None = Field(default=None, description="Kunci rujukan di basis.")

    def made(self) -> Uses:
        """What the step does, in the words of the domain."""
        raise NotImplementedError

    def people(self) -> tuple[Target, ...]:
        """Whom it is for."""
        return ()

    def waits(self) -> tuple[timedelta | None, timedelta | None]:
        """How long it waits, and how often it reminds."""
        return None, None

    def step(self) -> Step:
        """The step of the domain."""
        timeout, remind_every = self.waits()
        reactions = dict(self._reactions())
        return Step(
            self.id,
            self.name,
            self.made(),
            self.needs,
            timeout,
            self.basis,
            self.people(),
            self.condition,
            reactions,
            remind_every,
        )

    def _reactions(self) -> Iterator[tuple[StepState, Reaction]]:
        for key, state in ENDINGS.items():
            reaction = getattr(self, key, None)
            if isinstance(reaction, Reaction):
                yield state, reaction


_REMIND = (
    "Diingatkan setelah selama ini, lalu makin jarang sampai sekali sejam. "
    "Bila menyangkut keselamatan seseorang (sensitive), selalu setiap selama ini."
)


class TimedRow(StepRow):
    """A step that waits for people."""

    timeout: Duration | None = Field(
        default=None,
        description="Lewat waktu ini langkah dinyatakan lewat; wajib untuk ask, approve, dan request.",
    )
    on_timeout: AnyReaction | None = Field(
        default=None, description="Bila lewat waktu: continue, escalate, notify, ask_human, goto langkah."
    )
    remind_every: Duration | None = Field(default=None, description=_REMIND)

    def waits(self) -> tuple[timedelta | None, timedelta | None]:
        return self.timeout, self.remind_every
