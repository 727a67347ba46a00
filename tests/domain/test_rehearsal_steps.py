"""A rehearsal of every kind of step: people do what a scenario says, and words go nowhere but on paper."""

from dataclasses import replace

from crisis_world import KOORDINATOR, START, minutes
from steps_world import ALL, BPBD, CHANNEL, INSTAGRAM, WHOLE, roster

from bot.domain.rehearsal import Staging, WordsOut, rehearse
from bot.domain.rehearsal_acts import Act, Deed, acts_of
from bot.domain.run_effects import Announce, Refusal, TimelineEntry
from bot.domain.run_types import What
from bot.domain.scenario import Inject, ScriptLine, StagedComment
from bot.domain.step_run import Letter
from bot.domain.steps import Publish
from bot.domain.target import ACKER

SCRIPT = (
    ScriptLine(minutes(2), "acknowledge", ACKER),
    ScriptLine(minutes(4), "answer", ACKER, "verifikasi", "belum", (("fakta", "x"),)),
    ScriptLine(minutes(6), "answer", BPBD, "minta-data", fields=(("fakta", "aman"),)),
    ScriptLine(minutes(7), "edit", ACKER, "sikap", text="Lebih jelas."),
    ScriptLine(minutes(8), "return", KOORDINATOR, "setujui", text="Lebih pendek"),
    ScriptLine(minutes(9), "edit", ACKER, "sikap", text="Pendek."),
    ScriptLine(minutes(10), "approve", KOORDINATOR, "setujui"),
    ScriptLine(minutes(11), "approve", KOORDINATOR, "setujui"),
    ScriptLine(minutes(13), "posted", ACKER, "tayang", channel=INSTAGRAM),
    ScriptLine(minutes(14), "tick", ACKER, "tugas", items=("mitra",)),
    ScriptLine(minutes(60), "resolve", KOORDINATOR),
    ScriptLine(minutes(61), "release", KOORDINATOR, "tahan"),
)
COMMENTS = tuple(StagedComment(minutes(n), "Laras", "bener gak min") for n in (1, 2, 3))


def played(**more):  # type: ignore[no-untyped-def]  # a rehearsal
    acts = [act for line in SCRIPT for act in acts_of(line)]
    staging = Staging(COMMENTS, (Inject(minutes(5), KOORDINATOR, "Wartawan bertanya."),), **more)
    return rehearse(WHOLE, lambda _: roster(), acts, START, minutes(90), staging)


def told(lines, what: What) -> list[float]:  # type: ignore[no-untyped-def]  # of a rehearsal
    stories = (line for line in lines if isinstance(line.what, Announce | TimelineEntry))
    return [line.after / minutes(1) for line in stories if line.what.kind is what]


def test_a_whole_course_is_played_to_its_end() -> None:
    lines = played()
    assert [line.what for line in lines if isinstance(line.what, Refusal)] == []
    assert told(lines, What.RETURNED) == [8]
    assert told(lines, What.APPROVED) == [10, 11]
    assert told(lines, What.PUBLISHED) == [11, 13]
    assert told(lines, What.MONITORING) == [13]
    assert told(lines, What.RESOLVED) == [60]
    assert told(lines, What.RELEASED) == [61]


def test_the_words_are_seen_where_they_would_stand() -> None:
    shown = [line.what for line in played() if isinstance(line.what, WordsOut)]
    assert [(one.text, one.channel, one.comments) for one in shown] == [
        ("Pendek.", CHANNEL, 0),
        ("[hoaks/balasan]", "", 3),
    ]


def test_what_no_template_can_say_is_left_to_a_person_here_too() -> None:
    lines = played(words=lambda *_: "Templat ini belum ada.")
    assert told(lines, What.NOT_COMPOSED)[0] == 6
    assert told(lines, What.PUBLISHED) == [11, 13]
    letters = played(words=lambda *_: Letter("Sikap kami.", "t", 1, unedited=True))
    assert told(letters, What.PUBLISHED) == [11, 13]


def test_comments_and_surprises_stand_in_the_timeline_in_their_minute() -> None:
    lines = played()
    staged = [line.after / minutes(1) for line in lines if isinstance(line.what, StagedComment)]
    assert staged == [1, 2, 3]
    assert [line.after / minutes(1) for line in lines if isinstance(line.what, Inject)] == [5]


def test_skipping_and_jumping_can_be_rehearsed() -> None:
    script = (
        Act(minutes(1), Deed.ACKNOWLEDGE),
        Act(minutes(2), Deed.SKIP, step="verifikasi", reason="sudah jelas"),
        Act(minutes(3), Deed.JUMP, step="verifikasi", reason="ternyata belum"),
        Act(minutes(4), Deed.STAND_DOWN, reason="cukup"),
    )
    silent = replace(WHOLE, steps=tuple(s for s in ALL if not isinstance(s.uses, Publish)))
    lines = rehearse(silent, lambda _: roster(), script, START, minutes(30))
    assert told(lines, What.STEP_SKIPPED)[0] == 2
    assert told(lines, What.JUMPED) == [3]
    assert told(lines, What.STOOD_DOWN) == [4]
