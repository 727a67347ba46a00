"""Every shipped playbook is played to its end with its scenario: nothing public without somebody's yes."""

from datetime import timedelta
from typing import Any

import pytest
from course import BY_ID, DRILLS, FAULTS, KNOWN, OWN, TEMPLATE_FAULTS, Course

from bot.domain.guard import find_personal_data, tone_findings
from bot.domain.incident import Phase
from bot.domain.limit import WorkingDays
from bot.domain.playbook import After
from bot.domain.step_state import StepState
from bot.domain.steps import SPEAKS_TO_THE_PUBLIC, Approve, Ask, Cadence, Compose, Request
from bot.files.fields import duration

EACH_DRILL = pytest.mark.parametrize("drill", DRILLS, ids=[drill["id"] for drill in DRILLS])
EACH = pytest.mark.parametrize("playbook_id", sorted(BY_ID))
SPEAKING = sorted(set(BY_ID) - {"keselamatan-jiwa"})
NINE = {
    "akun-diretas",
    "bencana",
    "gangguan-layanan",
    "hoaks-bencana",
    "hoaks-viral",
    "kebocoran-data-pribadi",
    "kerusuhan-konflik",
    "keselamatan-jiwa",
    "ujaran-kebencian-sara",
}


def played(drill: dict[str, Any]) -> Course:
    return Course(BY_ID[drill["playbook"]]).play(drill, duration(drill["lasts"]))


def test_nine_playbooks_lint_clean_and_each_has_its_scenario() -> None:
    assert FAULTS == []
    assert TEMPLATE_FAULTS == []
    assert set(BY_ID) == NINE
    assert {drill["playbook"] for drill in DRILLS} == NINE
    scenarios = {f"drills/{drill['id']}.yaml": drill["playbook"] for drill in DRILLS}
    for playbook in BY_ID.values():
        assert playbook.drill is not None
        assert scenarios[playbook.drill.scenario] == playbook.id


@EACH_DRILL
def test_a_good_course_ends_resolved_and_nothing_in_the_script_is_refused(drill: dict[str, Any]) -> None:
    course = played(drill)
    assert course.refused == []
    assert course.state.phase is Phase.RESOLVED


@EACH_DRILL
def test_a_good_course_keeps_the_times_that_it_sets_itself(drill: dict[str, Any]) -> None:
    course = played(drill)
    shown = {"acknowledged": "acked", "done": "step_done", "resolved": "resolved"}
    for target in drill["targets"]:
        times = [
            after
            for after, what, step in course.story
            if what == shown[target["what"]] and (target["what"] != "done" or step == target["step"])
        ]
        assert times, target
        assert min(times) <= duration(target["within"]), target


@EACH_DRILL
def test_every_public_word_was_approved_by_somebody_who_wrote_none_of_it(drill: dict[str, Any]) -> None:
    course = played(drill)
    assert bool(course.said) is (drill["playbook"] != "keselamatan-jiwa")
    for said in course.said:
        assert said.approved_by, said
        assert not said.approved_by & set(said.letter.authors), said


@EACH_DRILL
def test_what_goes_out_in_the_course_is_calm_and_nobodys_data(drill: dict[str, Any]) -> None:
    for said in played(drill).said:
        text = said.letter.text
        assert find_personal_data(text) == ()
        assert tone_findings(text) == ()
        assert "{" not in text
        assert ".." not in text


@EACH
def test_while_nobody_answers_nothing_is_said_in_public_and_everybody_is_called(playbook_id: str) -> None:
    course = Course(BY_ID[playbook_id]).play(None, timedelta(days=2))
    assert course.said == []
    assert "exhausted" in " ".join(what for _, what, _ in course.story)


@EACH_DRILL
def test_without_the_approvals_of_the_script_nothing_goes_out(drill: dict[str, Any]) -> None:
    asked = {"nilai", "minta-data"}
    left = [row for row in drill["acts"] if row["do"] == "acknowledge" or row.get("step") in asked]
    course = Course(BY_ID[drill["playbook"]]).play({"acts": left}, timedelta(hours=4))
    assert course.said == []


@pytest.mark.parametrize("playbook_id", SPEAKING)
def test_what_turns_out_not_to_be_so_is_never_announced(playbook_id: str) -> None:
    playbook = BY_ID[playbook_id]
    no = {"hoaks-viral": "benar", "ujaran-kebencian-sara": "bukan", "hoaks-bencana": "benar"}
    choice = no.get(playbook_id, "tidak")
    acts = [
        {"at": "2m", "do": "acknowledge", "by": "oncall:medsos"},
        {"at": "5m", "do": "answer", "step": "nilai", "by": "acker", "choice": choice},
    ]
    course = Course(playbook).play({"acts": acts}, timedelta(hours=3))
    assert course.said == []
    assert course.run("tayang").state in {StepState.SKIPPED, StepState.CANCELLED}


@EACH
def test_every_way_to_the_public_leads_past_an_approval_that_never_comes_by_silence(playbook_id: str) -> None:
    playbook = BY_ID[playbook_id]
    for step in playbook.steps:
        if isinstance(step.uses, SPEAKS_TO_THE_PUBLIC):
            before = [playbook.step(need) for need in step.needs]
            assert any(one is not None and isinstance(one.uses, Approve) for one in before), step.id
        if isinstance(step.uses, Approve):
            assert step.reactions[StepState.EXPIRED].what is After.ESCALATE
            assert step.timeout is not None


@EACH
def test_every_question_has_an_end_and_a_reminder(playbook_id: str) -> None:
    for step in BY_ID[playbook_id].steps:
        if isinstance(step.uses, Ask | Request | Approve):
            assert step.timeout, step.id
            assert step.remind_every, step.id
            assert StepState.EXPIRED in step.reactions, step.id


@pytest.mark.parametrize("playbook_id", SPEAKING)
def test_every_gap_in_the_words_is_filled_from_an_answer_that_fits_into_it(playbook_id: str) -> None:
    assert KNOWN.templates is not None
    playbook = BY_ID[playbook_id]
    asked = {
        f"steps.{step.id}.{line.id}": line
        for step in playbook.steps
        if isinstance(step.uses, Ask | Request)
        for line in step.uses.fields
    }
    for step in playbook.steps:
        if isinstance(step.uses, Compose):
            template = KNOWN.templates[step.uses.template]
            assert set(step.uses.slots) == {slot.name for slot in template.slots}, step.id
            for slot in template.slots:
                line = asked[step.uses.slots[slot.name]]
                assert not slot.max or (line.max or 0) <= slot.max, f"{step.id}.{slot.name}"


@pytest.mark.parametrize("playbook_id", SPEAKING)
def test_the_promised_next_word_is_the_rhythm_in_which_the_team_is_asked(playbook_id: str) -> None:
    assert KNOWN.templates is not None
    playbook = BY_ID[playbook_id]
    (every,) = [step.uses.every for step in playbook.steps if isinstance(step.uses, Cadence)]
    text = KNOWN.templates[f"{playbook_id}/sikap-awal"].text
    assert f"paling lambat {int(every.total_seconds() // 60)} menit sejak pesan ini" in text


def test_the_first_message_of_a_disaster_stands_within_fifteen_minutes() -> None:
    course = played(next(drill for drill in DRILLS if drill["playbook"] == "bencana"))
    first = min(said.after for said in course.said if said.channel == OWN)
    assert first <= timedelta(minutes=15)


def test_a_rumour_that_is_true_is_handed_to_the_playbook_for_disasters() -> None:
    acts = [
        {"at": "2m", "do": "acknowledge", "by": "oncall:medsos"},
        {"at": "5m", "do": "answer", "step": "nilai", "by": "acker", "choice": "benar"},
    ]
    course = Course(BY_ID["hoaks-bencana"]).play({"acts": acts}, timedelta(hours=1))
    assert "handed_off" in [what for _, what, _ in course.story]


def test_legal_clocks_run_from_the_opening_and_stop_when_the_duty_is_done() -> None:
    clocks = {(p.id, clock.id): clock for p in BY_ID.values() for clock in p.clocks}
    assert clocks["kebocoran-data-pribadi", "pemberitahuan"].within == timedelta(hours=72)
    assert clocks["kebocoran-data-pribadi", "bssn"].within == timedelta(hours=24)
    assert clocks["akun-diretas", "bssn"].within == timedelta(hours=24)
    assert clocks["keselamatan-jiwa", "manusia"].within == timedelta(minutes=5)
    lapor = [clock for clock in BY_ID["gangguan-layanan"].clocks if clock.basis == "lapor"]
    assert [clock.within for clock in lapor] == [WorkingDays(3)], "longer ones outlive the outage"
    assert "periksa dengan bagian hukum" in BY_ID["gangguan-layanan"].basis["lapor"]
    met = [what for _, what, _ in played(of("kebocoran-data-pribadi")).story if what == "clock_met"]
    assert len(met) == 2


@pytest.mark.parametrize("playbook", BY_ID)
def test_no_limit_is_met_by_what_meets_another(playbook: str) -> None:
    done = [clock.met_when for clock in BY_ID[playbook].clocks if clock.met_when is not None]
    assert all(one not in done[:number] for number, one in enumerate(done))


def test_every_law_is_marked_for_the_legal_office() -> None:
    laws = ("UU ", "PP ", "Per", "Inpres", "SE ")
    said = [text for playbook in BY_ID.values() for text in playbook.basis.values() if text.startswith(laws)]
    assert len(said) >= 20
    assert all(text.endswith("periksa dengan bagian hukum") for text in said)


def test_a_life_at_risk_is_never_spoken_of_in_public() -> None:
    playbook = BY_ID["keselamatan-jiwa"]
    assert not [s for s in playbook.steps if isinstance(s.uses, (*SPEAKS_TO_THE_PUBLIC, Compose, Approve))]
    assert all(not s.uses.fields for s in playbook.steps if isinstance(s.uses, Ask))


def of(playbook_id: str) -> dict[str, Any]:
    return next(drill for drill in DRILLS if drill["playbook"] == playbook_id)
