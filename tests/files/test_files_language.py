"""The whole language of playbooks: the complete example loads, and becomes what it says."""

import re
from dataclasses import fields, replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from config_text import ENV, EXAMPLE
from test_files_content import PLAYBOOK

from bot.domain.expression_parser import parse
from bot.domain.limit import WorkingDays
from bot.domain.outgoing_steps import OWN_CHANNEL
from bot.domain.personal_data import DataKind
from bot.domain.playbook import After, Drill, OnRepeat, Playbook, Reaction
from bot.domain.step_state import StepState
from bot.domain.steps import (
    CHANNELS,
    Answer,
    AnswerKind,
    Approve,
    Ask,
    Cadence,
    Checklist,
    Compose,
    Freeze,
    Handoff,
    Matter,
    Notify,
    Publish,
    Request,
    Scope,
    Snapshot,
    Wait,
)
from bot.domain.target import ACKER, Target, TargetKind
from bot.domain.trigger import EventTrigger, HeartbeatTrigger, ScheduleTrigger, Triggers
from bot.files.config import read_config
from bot.files.fault import Fault, FilesFaulty
from bot.files.known import Known
from bot.files.load import frozen_playbook
from bot.files.playbooks import read_playbooks
from bot.files.sections_steps import Masked

WHOLE = Path(__file__).parent / "whole"


@pytest.fixture(scope="module")
def known() -> Known:
    known = read_config(EXAMPLE, ENV).known
    return replace(known, units=known.units | {"bpbd"}, templates=None)


@pytest.fixture(scope="module")
def whole(known: Known, tmp_path_factory: pytest.TempPathFactory) -> Playbook:
    other = tmp_path_factory.mktemp("lain") / "bencana.yaml"
    other.write_text(PLAYBOOK.replace("id: uji\n", "id: bencana\n"))
    (playbook, _), faults = read_playbooks([WHOLE / "hoaks-bencana.yaml", other], known)
    assert faults == []
    return playbook


def loaded(
    folder: Path, known: Known, more: str = "", *, text: str = PLAYBOOK
) -> tuple[Playbook, list[Fault]]:
    """The small playbook with something added."""
    (folder / "uji.yaml").write_text(text + more)
    playbooks, faults = read_playbooks([folder / "uji.yaml"], known)
    assert playbooks, faults
    return playbooks[0], faults


def one_step(folder: Path, known: Known, step: str) -> tuple[Playbook, list[Fault]]:
    """The small playbook with this one step."""
    head, _, rest = PLAYBOOK.partition("steps:\n")
    return loaded(folder, known, text=f"{head}steps:\n  - {step}\n{rest[rest.index('resolve:') :]}")


def test_the_complete_example_is_read_as_it_is_written(whole: Playbook) -> None:
    kinds = [type(step.uses) for step in whole.steps]
    assert kinds[:6] == [Freeze, Snapshot, Ask, Request, Handoff, Compose]
    assert kinds[6:] == [Approve, Publish, Answer, Checklist, Cadence]
    ask = whole.step("verifikasi")
    assert ask is not None
    assert isinstance(ask.uses, Ask)
    assert ask.to == (ACKER,)
    assert ask.timeout == timedelta(minutes=10)
    assert ask.reactions == {StepState.EXPIRED: Reaction(After.ESCALATE)}
    assert dict(ask.uses.choices)["benar"] == "Ternyata benar"
    source, fact, advice = ask.uses.fields
    assert (source.kind, source.allow) == (AnswerKind.URL, ("bmkg.go.id", "bnpb.go.id", "magma.esdm.go.id"))
    assert (fact.max, advice.max) == (500, 300)
    assert whole.resolve.when is not None
    assert whole.resolve.when.counts == ("claim.new_comments(7200)",)
    assert whole.resolve.when.steps == ("tugas",)
    assert whole.drill == Drill(timedelta(days=90), "drills/hoaks-tsunami.yaml")
    assert whole.review is not None
    assert whole.review.owner == ACKER
    assert whole.concurrency.on_repeat is OnRepeat.MERGE


def test_approval_and_publishing_are_read_with_all_that_follows(whole: Playbook) -> None:
    draft, approve = whole.step("sikap-awal"), whole.step("setujui")
    publish, answer = whole.step("tayang"), whole.step("balas")
    assert draft is not None
    assert approve is not None
    assert publish is not None
    assert answer is not None
    assert isinstance(draft.uses, Compose)
    assert draft.uses.slots["belum_diketahui"] == "steps.minta-data.belum_diketahui"
    assert draft.condition is not None
    assert draft.condition.steps == ("verifikasi",)
    assert approve.uses == Approve(2, 1)
    assert approve.remind_every == timedelta(minutes=3)
    assert approve.reactions == {
        StepState.EXPIRED: Reaction(After.ESCALATE),
        StepState.RETURNED: Reaction(After.GOTO, "sikap-awal"),
        StepState.REJECTED: Reaction(After.NOTIFY),
    }
    assert publish.uses == Publish(("telegram-channel", "instagram", "x", "facebook"), pin=True)
    assert publish.reactions == {StepState.FAILED: Reaction(After.ASK_HUMAN)}
    assert answer.needs == ("tayang",)


def test_what_was_frozen_is_read_again_without_anybody_of_today(whole: Playbook) -> None:
    assert frozen_playbook(whole.source_text) == whole


OLDER = (
    ("version: ", "kunci_lama: x\nversion: "),
    ("    uses: freeze", "    uses: freeze\n    dulu: 1"),
    ("{scope: scheduled_posts, until: resolved}", "{scope: scheduled_posts, until: resolved, kuno: 1}"),
)


def test_keys_that_another_version_knew_stop_no_incident_that_goes_on(whole: Playbook) -> None:
    text = whole.source_text
    for now, then in OLDER:
        assert now in text
        text = text.replace(now, then, 1)
    read = frozen_playbook(text)
    assert replace(read, sha256=whole.sha256, source_text=whole.source_text) == whole


def test_a_frozen_text_that_means_something_else_today_is_no_playbook(whole: Playbook) -> None:
    with pytest.raises(FilesFaulty) as faulty:
        frozen_playbook(whole.source_text.replace("uses: freeze", "uses: bekukan\n    lama: 1", 1))
    assert faulty.value.faults


def test_every_kind_has_its_plainest_form(tmp_path: Path, known: Known) -> None:
    plain = {
        "{id: a, name: A, uses: freeze}": Freeze(Scope.SCHEDULED_POSTS),
        "{id: a, name: A, uses: freeze, with: {scope: replies}}": Freeze(Scope.REPLIES),
        "{id: a, name: A, uses: snapshot}": Snapshot(),
        "{id: a, name: A, uses: snapshot, with: {of: case, keep: [text], mask: [name]}}": Snapshot(
            Matter.CASE, ("text",), ("name",)
        ),
        "{id: a, name: A, uses: wait, with: {for: 30m}}": Wait(timedelta(minutes=30)),
        "{id: a, name: A, uses: notify, to: acker, with: {text: Halo}}": Notify("Halo"),
        "{id: a, name: A, uses: cadence, to: acker, with: {every: 1h, ask: Ada kabar}}": Cadence(
            timedelta(hours=1), "Ada kabar"
        ),
        "{id: a, name: A, uses: handoff, with: {playbook: uji-dua}}": Handoff("uji-dua"),
    }
    for text, uses in plain.items():
        playbook, _ = one_step(tmp_path, known, text)
        assert playbook.steps[0].uses == uses


def test_a_request_may_name_its_fields_or_describe_them(tmp_path: Path, known: Known) -> None:
    fields = "{korban: {type: number, max: 9999, optional: true}}"
    step = "{id: a, name: A, uses: request, to: unit:pupr, timeout: 5m, on_timeout: continue, "
    playbook, _ = one_step(tmp_path, known, f"{step} with: {{ask: [fakta], fields: {fields}}}}}")
    uses = playbook.steps[0].uses
    assert isinstance(uses, Request)
    assert [(field.id, field.kind, field.max, field.optional) for field in uses.fields] == [
        ("fakta", AnswerKind.TEXT, 500, False),
        ("korban", AnswerKind.NUMBER, 9999, True),
    ]


def test_edited_words_need_as_many_approvals_as_unedited_ones_unless_said(
    tmp_path: Path, known: Known
) -> None:
    step = "{id: a, name: A, uses: approve, to: role:koordinator, approvals: 2, "
    playbook, _ = one_step(tmp_path, known, step + "timeout: 5m, on_timeout: escalate}")
    assert playbook.steps[0].uses == Approve(2, 2)


def test_clocks_and_the_other_triggers_are_read(tmp_path: Path, known: Known) -> None:
    text = PLAYBOOK.replace(
        "  manual: [role:admin]\n",
        "  manual: [role:admin]\n"
        "  schedule: {at: 07:00, days: sen-jum}\n"
        "  heartbeat: {connector: telegram, silent_for: 30m}\n"
        "  event:\n"
        "    - {source: bmkg, kind: gempa, where: {tingkat: [awas, siaga], potensi: tsunami}}\n"
        "    - {source: bmkg}\n",
    )
    clocks = """\
clocks:
  - id: bssn
    name: Lapor ke BSSN
    within: 24h
    basis: kip
    remind_before: [6h, 1h]
    met_when: steps.periksa.done
  - {id: subjek, name: Pemberitahuan, within: 3d, remind_before: 1d}
  - {id: lapor, name: Jawab di LAPOR!, within: 5wd, remind_before: [1wd, 6h]}
reviewed: 2026-11-01
"""
    playbook, _ = loaded(tmp_path, known, clocks, text=text)
    assert playbook.triggers.schedule == (ScheduleTrigger(time(7), frozenset(range(5))),)
    assert playbook.triggers.heartbeat == HeartbeatTrigger("telegram", timedelta(minutes=30))
    assert playbook.triggers.event == (
        EventTrigger("bmkg", "gempa", (("tingkat", ("awas", "siaga")), ("potensi", ("tsunami",)))),
        EventTrigger("bmkg"),
    )
    first, second, third = playbook.clocks
    assert (first.within, first.remind_before) == (
        timedelta(days=1),
        (timedelta(hours=6), timedelta(hours=1)),
    )
    assert first.met_when is not None
    assert first.met_when.steps == ("periksa",)
    assert second.remind_before == (timedelta(days=1),)
    assert (third.within, third.remind_before) == (WorkingDays(5), (WorkingDays(1), timedelta(hours=6)))


PAGE = (EXAMPLE.parent / "docs/triggers.md").read_text("utf-8")
ALL_TRIGGERS = {field.name for field in fields(Triggers)}
SHOWN = re.findall(r"(?s)```yaml\n(on:.*?)```", PAGE)


@pytest.mark.parametrize("shown", SHOWN, ids=range(len(SHOWN)))
def test_every_way_to_open_a_playbook_that_is_shown_is_read(tmp_path: Path, known: Known, shown: str) -> None:
    before, rest = PLAYBOOK.split("on:\n", 1)
    after = re.sub(r"\A(  .*\n)+", "", rest)
    playbook, faults = loaded(tmp_path, known, text=before + shown + after)
    assert faults == []
    asked = set(re.findall(r"(?m)^  (\w+):", shown))
    assert {name for name in ALL_TRIGGERS if getattr(playbook.triggers, name)} == asked


def test_what_an_event_said_may_be_asked_as_the_page_shows_it() -> None:
    [condition] = re.findall(r"  if: (.*)", PAGE)
    assert parse(condition).holds({"event.kind": "gempa", "event.magnitudo": "6.1"}.get)
    assert not parse(condition).holds({"event.kind": "gempa", "event.magnitudo": "5,9"}.get)


def test_every_way_to_open_a_playbook_is_shown() -> None:
    assert set(re.findall(r"(?m)^  (\w+):", "".join(SHOWN))) == ALL_TRIGGERS


def test_the_names_in_the_language_are_those_of_the_domain() -> None:
    assert set(Masked.__args__) == set(DataKind) | {"address", "name"}  # type: ignore[attr-defined] # of typing.Literal
    assert CHANNELS[0] == OWN_CHANNEL
    assert Target(TargetKind.ACKER) == ACKER
