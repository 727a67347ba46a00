"""What is held back during a crisis, on the cards: who holds it, who said so, what may go out again."""

from dataclasses import replace

import pytest
from chat_office import CRISIS_CHAT, Office
from chat_steps import answered, opened, run_state
from chat_town import COURSE, MORNING
from fakes import person

from bot.chat.steps import draw_step
from bot.chat.words import steps, story
from bot.domain.incident import RunId
from bot.domain.people import PersonId, Role, Zone
from bot.domain.playbook import Playbook, Step
from bot.domain.steps import Compose, Freeze
from bot.sandbox.model import Message
from bot.services.tap import Tap

STYLE = "fakta-peringatan-penjelasan-fakta"


def incident(office: Office) -> Message:
    return next(m for m in office.seen(CRISIS_CHAT) if m.buttons)


async def test_what_people_hold_by_hand_is_asked_for_ticked_and_let_go(office: Office) -> None:
    await opened(office)
    told = [m.text for m in office.seen(CRISIS_CHAT)]
    assert any("Mohon tahan dulu unggahan terjadwal di semua akun" in text for text in told)
    assert "1. Unggahan terjadwal di semua akun sudah ditahan. Bot tidak bisa" in incident(office).text
    await office.press("kori", incident(office), "✓ 1")
    assert "🔒 Unggahan terjadwal ditahan tim, ditandai Kori." in incident(office).text
    assert not [b for b in incident(office).buttons if "✓" in b["text"]]
    lines = await office.database.read.runs.timeline(RunId(1), 99)
    assert [line.what for line in lines].count("held_by_hand") == 1


@pytest.mark.parametrize(
    ("scope", "drill", "said"),
    [
        ("replies", False, "Bot menahan balasan untuk warga dulu. Yang keluar hanya teks insiden ini."),
        ("replies", True, "“Tahan”: dalam latihan tidak ada balasan yang sungguh ditahan."),
        (
            "scheduled_posts",
            False,
            (
                "Mohon tahan dulu unggahan terjadwal di semua akun, karena bot tidak bisa menahannya. "
                "Bila sudah, tandai di kartu insiden."
            ),
        ),
        (
            "scheduled_posts",
            True,
            "Dalam latihan, unggahan terjadwal ditahan seolah-olah saja. Tandai di kartu insiden.",
        ),
        ("", False, "Ditahan dulu: “Tahan”."),
    ],
)
def test_the_story_says_who_holds_what(scope: str, drill: bool, said: str) -> None:
    playbook = replace(COURSE, steps=(Step("tahan", "Tahan", Freeze()),))
    teller = story.Teller({"kori": "Kori"}, Zone.WIB, MORNING, playbook)
    params: dict[str, object] = {"step": "tahan", "scope": scope} | ({"drill": "True"} if drill else {})
    assert story.story("frozen", params, teller) == said
    released = story.story("released", {**params, "person": "kori"}, teller)
    assert released.startswith("Kori")
    assert ("boleh tayang lagi" in released) is (scope == "scheduled_posts")


async def test_at_the_end_each_hold_says_who_has_held_it_and_is_let_go(office: Office) -> None:
    await opened(office)
    await office.press("kori", incident(office), "✓ 1")
    tap = Tap(person("kori", Role.KOORDINATOR), 1, 0, "u:resolve", office.clock.now())
    await office.services.incidents.resolve(tap, "reda")
    await office.pump()
    card = office.last("kori")
    assert "Tahan unggahan terjadwal, ditahan tim sejak" in card.text
    await office.press("kori", card, "Lepas 1")
    assert "Kori: unggahan terjadwal boleh tayang lagi." in [m.text for m in office.seen(CRISIS_CHAT)][-1]


async def test_the_wanted_style_is_read_by_whoever_writes_and_whoever_approves(office: Office) -> None:
    await answered(office)
    state = await run_state(office)
    styled = tuple(
        replace(one, uses=replace(one.uses, style=STYLE)) if isinstance(one.uses, Compose) else one
        for one in state.playbook.steps
    )
    playbook = replace(state.playbook, steps=styled)
    said = "Gaya penulisan: fakta, peringatan, penjelasan, fakta."
    for step, who in (("setujui", "kori"), ("sikap", "pita")):
        view = await office.services.steps.desk.step(RunId(1), step, 1, PersonId(who))
        assert view is not None
        shown = replace(view, live=True, state=replace(state, playbook=playbook), step=_step(playbook, step))
        assert draw_step(shown, Zone.WIB).text.count(said) == 1
        assert said not in draw_step(replace(view, live=True), Zone.WIB).text
    assert steps.style("Tenang, tanpa tanda seru") == "Gaya penulisan: Tenang, tanpa tanda seru."


def _step(playbook: Playbook, name: str) -> Step:
    found = playbook.step(name)
    assert found is not None
    return found
