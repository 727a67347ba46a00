"""What an exercise says: calm, marked, and with nothing in it to tap."""

from dataclasses import replace
from datetime import timedelta

import pytest
from chat_office import CRISIS_CHAT, TRIAGE_CHAT, Office

from bot.chat.drills import draw_scene
from bot.chat.steps import draw_step
from bot.chat.words import drills, notices
from bot.domain.incident import RunId
from bot.domain.outgoing_steps import DrillScene
from bot.domain.people import PersonId, Zone
from bot.domain.step_run import Letter, Post, PostState
from bot.domain.step_state import StepState
from bot.domain.steps import Publish
from bot.services.views_steps import StepView

GOALS = [
    ("acknowledged", 300, 180, "Panggilan dijawab setelah 3 menit, sasarannya 5 menit."),
    ("acknowledged", 300, None, "Panggilan belum dijawab, sasarannya 5 menit."),
    ("done", 3600, 4500, "“Tayang” selesai setelah 1 jam 15 menit, sasarannya 1 jam."),
    ("done", 3600, 359, "“Tayang” selesai setelah 6 menit, sasarannya 1 jam."),
    ("done", 60, None, "“Tayang” belum selesai, sasarannya 1 menit."),
    ("resolved", 7200, None, "Insiden belum ditutup, sasarannya 2 jam."),
    ("resolved", 7200, 0, "Insiden ditutup setelah kurang dari semenit, sasarannya 2 jam."),
]


@pytest.mark.parametrize(("what", "within", "after", "said"), GOALS)
def test_a_goal_is_a_plain_sentence_without_praise_or_blame(
    what: str, within: int, after: int | None, said: str
) -> None:
    assert drills.goal({"what": what, "step": "Tayang", "within": within, "after": after}) == said


@pytest.mark.parametrize("what", [*sorted(drills.SCENES), "something new"])
def test_every_scene_is_marked_and_says_something(what: str) -> None:
    params = {
        "title": "Air",
        "author": "Laras",
        "to": "role:koordinator",
        "note": "a",
        "goals": [],
        "by": "x",
    }
    text = draw_scene(DrillScene(3, what, params), {"x": "Budi"}).text
    assert text.startswith("<b>🎓 LATIHAN · K-3</b>\n")
    assert len(text) > 60


def test_made_up_words_cannot_open_a_tag_or_be_tapped() -> None:
    scene = DrillScene(3, "comment", {"author": "<b>A", "note": "<i>/kunci @semua https://jahat.example"})
    text = draw_scene(scene, {}).text
    assert "&lt;i&gt;" in text
    assert "&lt;b&gt;A" in text
    assert not any(tappable in text for tappable in ("/kunci", "@semua", "https://"))


def test_whatever_belongs_to_an_exercise_says_so_once() -> None:
    params = {"run": 3, "playbook": "Air", "text": "Mohon siaga.", "drill": True, "note": "x"}
    for name in ("playbook_notify", "propose_resolve", "drill_inject", "review_late"):
        assert notices.notice(name, params, {}).count("LATIHAN") == 1, name
    assert notices.prompt("false_alarm_reason", params, "Budi")[0].startswith("🎓 LATIHAN · Budi")
    assert "LATIHAN" not in notices.notice("playbook_notify", {**params, "drill": False}, {})


def test_the_list_says_how_long_ago_and_how_often() -> None:
    quarter = timedelta(days=90)
    assert drills.practice("Hoaks", "", quarter, overdue=False) == (
        "Hoaks · belum pernah dilatih · setiap 90 hari"
    )
    assert drills.practice("Hoaks", "3 Agustus 2026", quarter, overdue=True).endswith(
        "sudah waktunya latihan"
    )
    assert (
        drills.practice("Hoaks", "3 Agustus 2026", None, overdue=False) == "Hoaks · terakhir 3 Agustus 2026"
    )


async def test_in_a_crisis_chat_of_its_own_the_scenes_stand_there_and_the_list_where_it_was_asked(
    office: Office,
) -> None:
    await office.writes("kori", TRIAGE_CHAT, "/latihan")
    menu = office.seen(TRIAGE_CHAT)[-1]
    assert "1. Kabar gempa susulan" in menu.text
    press = await office.press("kori", menu, "🎓 Mulai 1")
    assert press.text == "Latihan dimulai. Yang bertugas sedang dipanggil."
    office.clock.advance(61)
    await office.timers.tick()
    await office.pump()
    assert [m.text.splitlines()[0] for m in office.seen(CRISIS_CHAT) if "Laras" in m.text] == [
        "🎓 LATIHAN · K-1"
    ]
    assert not [m for m in office.seen(TRIAGE_CHAT) if "Laras" in m.text]
    await office.writes("pita", TRIAGE_CHAT, "/latihan")
    assert office.seen(TRIAGE_CHAT)[-1].text == "Latihan dimulai oleh koordinator atau pengelola."


async def test_who_is_asked_to_post_by_hand_is_told_not_to_in_an_exercise(office: Office) -> None:
    await office.writes("kori", TRIAGE_CHAT, "/latihan")
    await office.press("kori", office.seen(TRIAGE_CHAT)[-1], "🎓 Mulai 1")
    state = await office.services.incidents.state(RunId(1))
    step = next(one for one in state.playbook.steps if isinstance(one.uses, Publish))
    run = state.step_run(step.id)
    assert run is not None
    post = Post("instagram", PostState.ASKED, office.clock.now())
    waiting = replace(run, state=StepState.WAITING, posts=(post,), letter=Letter("Air aman.", "t", 1))
    view = StepView(state, step, waiting, PersonId("pita"), {}, office.clock.now(), live=True)
    drawn = draw_step(view, Zone.WIB).text
    assert "jangan tayangkan di mana pun" in drawn
    assert "<code>" not in drawn, "nothing to copy"
    real = replace(view, state=replace(state, incident=replace(state.incident, drill=False)))
    assert "<code>Air aman.</code>" in draw_step(real, Zone.WIB).text
