"""The form of a question while it is filled in: what a choice needs cannot be left empty, also later."""

from dataclasses import replace

import pytest
from agency import approve_templates, enrol_all
from crisis_agency import HOAX, STEPS, CrisisAgency

from bot.clock import FakeClock
from bot.domain.errors import RunRefused
from bot.domain.form import NOTHING, FieldFault, Why
from bot.domain.incident import RunId
from bot.domain.outgoing import Prompt
from bot.domain.people import PersonId
from bot.domain.steps import Ask, Field
from bot.services.forms import Forms
from bot.services.replies import ReplyPolicy
from bot.store.database import Database

FIELDS = (
    Field("fakta", optional=True, required_for=("salah", "benar")),
    Field("sebab", optional=True, required_for=("benar",)),
    Field("anjuran", optional=True),
)
PLACE = next(at for at, step in enumerate(STEPS) if step.id == "cek")
WRONG, RIGHT = 0, 1
FACT, CAUSE, ADVICE = range(3)


@pytest.fixture
async def crisis(database: Database, clock: FakeClock) -> CrisisAgency:
    asking = replace(STEPS[PLACE], uses=Ask("Benar?", (("salah", "Salah"), ("benar", "Benar")), FIELDS))
    steps = (*STEPS[:PLACE], asking, *STEPS[PLACE + 1 :])
    made = CrisisAgency(database, clock, ReplyPolicy(links=("example.go.id",)), (replace(HOAX, steps=steps),))
    await enrol_all(database, clock)
    await approve_templates(made)
    return made


class Joko:
    """On call, with the form open on his phone."""

    def __init__(self, crisis: CrisisAgency, run: int) -> None:
        self.crisis, self.run = crisis, run
        self.forms = Forms(crisis.database, crisis.incidents, crisis.deeds)

    async def chooses(self, choice: int) -> None:
        await self.forms.choose(self.crisis.tap("joko", self.run), PLACE, 1, choice)

    async def writes(self, line: int, typed: str) -> None:
        await self.forms.fill(self.crisis.tap("joko", self.run), PLACE, 1, line, typed)

    async def sends(self) -> None:
        await self.forms.submit(self.crisis.tap("joko", self.run), PLACE, 1)

    async def asked(self) -> int:
        """The line that he was asked for last."""
        last = (await self.crisis.queued(Prompt))[-1].what
        assert isinstance(last, Prompt)
        return int(last.purpose.rpartition(":")[2])

    async def kept(self) -> dict[str, str]:
        return dict(await self.crisis.database.read.forms.get(RunId(self.run), "cek", 1, PersonId("joko")))


async def test_what_the_choice_needs_is_asked_for_until_it_stands_there(crisis: CrisisAgency) -> None:
    joko = Joko(crisis, await crisis.acked())
    await joko.chooses(WRONG)
    assert await joko.asked() == FACT
    with pytest.raises(FieldFault) as blank:
        await joko.writes(FACT, NOTHING)
    assert (blank.value.field, blank.value.why) == ("fakta", Why.EMPTY)
    with pytest.raises(FieldFault):
        await joko.sends()
    assert (await crisis.step("cek")).by is None
    await joko.writes(FACT, "Tidak ada tsunami")
    await joko.writes(await joko.asked(), NOTHING)
    await joko.sends()
    answers = dict((await crisis.step("cek")).answers)
    assert answers == {"choice": "salah", "fakta": "Tidak ada tsunami", "sebab": "", "anjuran": ""}


async def test_a_line_left_empty_comes_back_when_the_choice_is_changed(crisis: CrisisAgency) -> None:
    joko = Joko(crisis, await crisis.acked())
    await joko.chooses(WRONG)
    await joko.writes(FACT, "Tidak ada tsunami")
    await joko.writes(CAUSE, NOTHING)
    assert await joko.asked() == ADVICE
    await joko.chooses(RIGHT)
    assert await joko.asked() == CAUSE
    await joko.writes(ADVICE, NOTHING)
    with pytest.raises(FieldFault) as blank:
        await joko.sends()
    assert blank.value.field == "sebab"
    assert (await joko.kept())["sebab"] == ""
    await joko.writes(CAUSE, "BMKG sudah memeriksanya")
    await joko.sends()
    assert dict((await crisis.step("cek")).answers)["sebab"] == "BMKG sudah memeriksanya"


async def test_no_form_goes_without_its_choice(crisis: CrisisAgency) -> None:
    joko = Joko(crisis, await crisis.acked())
    await joko.writes(ADVICE, "Tetap tenang")
    with pytest.raises(FieldFault) as missing:
        await joko.sends()
    assert (missing.value.field, missing.value.why) == ("choice", Why.EMPTY)
    await joko.chooses(WRONG)
    await joko.writes(FACT, "Tidak ada tsunami")
    await joko.sends()
    with pytest.raises(RunRefused):
        await joko.sends()


async def test_a_press_that_comes_again_after_a_crash_is_no_refusal(crisis: CrisisAgency) -> None:
    """The answer was kept and the bot died before it had said so: Telegram brings the press once more."""
    joko = Joko(crisis, await crisis.acked())
    await joko.chooses(WRONG)
    await joko.writes(FACT, "Tidak ada.")
    await joko.writes(ADVICE, NOTHING)
    press = crisis.tap("joko", joko.run)
    for _ in range(2):
        await joko.forms.submit(press, PLACE, 1)
    assert (await crisis.step("cek")).by == "joko"
    with pytest.raises(RunRefused):
        await joko.sends()
