"""Somebody in a hurry leaves every line empty that may stay empty: what goes out then claims nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from course import BY_ID, DRILLS, OWN, WORDS, Course

from bot.domain.form import FieldFault, Why, checked
from bot.domain.playbook import Playbook
from bot.domain.step_run import CHOICE
from bot.domain.steps import Answer, Ask, Compose, Field, Publish, Request
from bot.domain.template import SlotKind

UNKNOWN = "belum kami ketahui"
SPEAKING = sorted(set(BY_ID) - {"keselamatan-jiwa"})
TYPED = "Kata sumbernya begini"
FINDINGS = {
    "fakta", "sebab", "tindakan", "perkiraan", "wilayah", "jenis_data", "kejadian", "penanganan", "perbaikan",
    "lanjutan", "kompensasi",
}  # fmt: skip
"""Slots that say how things stand. The others ask for something, name a thing, or say what is unclear."""
CLAIMS = re.compile(
    r"\b(?:sudah|telah|sedang|masih|ternyata|karena|sesuai dengan|bukan dari|[Aa]nda (?:dapat|tidak))\b"
)
"""How a sentence begins to say that something is so."""
SAID_ONCE = (
    "petugas masih menolong warga dan mendata kebutuhan",
    "tidak sesuai dengan keterangan resmi",
    "kami sedang mengajak para pihak berbicara",
    "Anda tidak perlu melakukan apa-apa",
    "Unggahan selama gangguan bukan dari kami, mohon tidak dibagikan",
    "Anda dapat memakai layanan kembali seperti biasa",
)
"""What stood in empty slots before, so that the pattern is known to find it."""


def asked(playbook: Playbook, step_id: str, choice: str = "") -> tuple[Field, ...]:
    step = playbook.step(step_id)
    assert step is not None
    assert isinstance(step.uses, Ask | Request)
    return tuple(field.asked_for(choice) for field in step.uses.fields)


def least(playbook: Playbook, step_id: str, choice: str) -> dict[str, str]:
    """No more than the form insists on."""
    return {field.id: TYPED for field in asked(playbook, step_id, choice) if not field.optional}


def hurried(playbook_id: str, second: str) -> Course:
    """One course through every public word of the playbook, with the least that its forms take."""
    playbook = BY_ID[playbook_id]
    further = "setujui-lanjutan" if second == "baru" else "setujui-koreksi"
    first = "mereda" if playbook_id == "ujaran-kebencian-sara" else "belum"
    acts = [
        {"at": "2m", "do": "acknowledge", "by": "oncall:medsos"},
        {"at": "5m", "do": "answer", "step": "nilai", "by": "acker", "choice": first},
        *told(playbook, 45, "setujui", "tayang"),
        answer(playbook, 50, "keadaan", second),
        *told(playbook, 55, further, further.replace("setujui", "tayang")),
        answer(playbook, 70, "akhir", "penutup"),
        *told(playbook, 75, "setujui-penutup", "tayang-penutup"),
    ]
    return Course(playbook).play({"acts": acts}, timedelta(hours=3))


def answer(playbook: Playbook, at: int, step: str, choice: str) -> dict[str, Any]:
    fields = least(playbook, step, choice)
    return {"at": f"{at}m", "do": "answer", "step": step, "by": "acker", "choice": choice, "fields": fields}


def told(playbook: Playbook, at: int, approval: str, post: str) -> list[dict[str, Any]]:
    step = playbook.step(post)
    assert step is not None
    assert isinstance(step.uses, Publish)
    others = [channel for channel in step.uses.to if channel != OWN]
    posts = [{"at": f"{at + 2}m", "do": "posted", "step": post, "channel": c, "by": "acker"} for c in others]
    return [{"at": f"{at}m", "do": "approve", "step": approval, "by": "role:koordinator"}, *posts]


def test_the_pattern_finds_what_used_to_stand_there() -> None:
    assert all(CLAIMS.search(words) for words in SAID_ONCE)
    assert not CLAIMS.search(UNKNOWN)


@pytest.mark.parametrize("second", ["baru", "keliru"])
@pytest.mark.parametrize("playbook_id", SPEAKING)
def test_nothing_that_nobody_wrote_is_told_as_a_finding(playbook_id: str, second: str) -> None:
    course = hurried(playbook_id, second)
    assert course.refused == []
    assert len({said.step for said in course.said}) >= 3, "the first words, the news, and the end"
    for said in course.said:
        template = WORDS[said.letter.template]
        values = given(course, template.id)
        for slot in template.slots:
            if values.get(slot.name):
                assert TYPED in said.letter.text
            elif slot.name in FINDINGS:
                assert slot.fallback == UNKNOWN, f"{template.id}.{slot.name}"
                assert UNKNOWN in said.letter.text
            else:
                assert not CLAIMS.search(slot.fallback), f"{template.id}.{slot.name}: {slot.fallback}"


def given(course: Course, template: str) -> dict[str, str]:
    """What the forms brought into this template."""
    (uses,) = [
        step.uses
        for step in course.playbook.steps
        if isinstance(step.uses, Compose | Answer) and step.uses.template == template
    ]
    values = {}
    for slot, source in uses.slots.items():
        _, step, name = source.split(".")
        values[slot] = course.run(step).answer(name) or ""
    return values


@pytest.mark.parametrize("playbook_id", SPEAKING)
def test_no_correction_and_no_news_without_the_fact_and_no_correction_without_its_cause(
    playbook_id: str,
) -> None:
    playbook = BY_ID[playbook_id]
    assert "fakta" in least(playbook, "keadaan", "baru")
    assert {"fakta", "sebab"} <= set(least(playbook, "keadaan", "keliru"))
    assert set(least(playbook, "akhir", "penutup")) == {"fakta"}
    assert least(playbook, "keadaan", "tetap") == least(playbook, "akhir", "tanpa") == {}
    for step, choice in (("keadaan", "baru"), ("keadaan", "keliru"), ("akhir", "penutup")):
        with pytest.raises(FieldFault) as refused:
            checked(asked(playbook, step, choice), ())
        assert refused.value.why is Why.EMPTY


@pytest.mark.parametrize("playbook_id", [name for name in SPEAKING if name.startswith("hoaks-")])
def test_nobody_calls_a_rumour_wrong_without_saying_why(playbook_id: str) -> None:
    assert set(least(BY_ID[playbook_id], "keadaan", "baru")) == {"fakta", "pokok", "sebab"}


@pytest.mark.parametrize("drill", DRILLS, ids=[drill["id"] for drill in DRILLS])
def test_every_answer_of_a_scenario_is_a_form_that_could_be_sent(drill: dict[str, Any]) -> None:
    playbook = BY_ID[drill["playbook"]]
    answers = [row for row in drill["acts"] if row["do"] == "answer"]
    assert answers
    for row in answers:
        fields = asked(playbook, row["step"], row.get(CHOICE, ""))
        given_ = tuple(row.get("fields", {}).items())
        assert {name for name, value in checked(fields, given_) if value} == {name for name, _ in given_}


def test_no_shipped_words_tell_a_finding_from_an_empty_slot() -> None:
    for template in WORDS.values():
        for slot in template.slots if template.topic in SPEAKING else ():
            if slot.kind is SlotKind.TEXT and slot.name in FINDINGS and not template.id.endswith("/balasan"):
                assert slot.fallback == UNKNOWN, f"{template.id}.{slot.name}"
            assert not CLAIMS.search(slot.fallback), f"{template.id}.{slot.name}: {slot.fallback}"
