"""Health and metrics asked for over real HTTP."""

import dataclasses
import logging
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.web.health import Beat, Health, HealthLimits, add_health, problems
from bot.web.metrics import Metric, exposition, one, per
from bot.web.server import serve

WELL = Health(
    uptime_s=3600.04,
    intake_state="listening",
    intake_age_s=12.34,
    inbox_age_s=0.2,
    inbox_waiting=3,
    dead_letters=1,
    uncertain=2,
    disk_free_bytes=20_000_000_000,
    outbox_age_s={"crisis": 0.5, "board": 20.0},
    outbox_waiting={"crisis": 1, "board": 40},
    counters={"updates": 812},
)


class Patient:
    """A program whose state the test sets; None when it cannot even be asked."""

    def __init__(self) -> None:
        self.state: Health | None = WELL
        self.url = ""

    async def health(self) -> Health:
        if self.state is None:
            raise OSError("database is locked")
        return self.state

    def becomes(self, **changes: Any) -> None:
        self.state = dataclasses.replace(WELL, **changes)

    async def get(self, path: str) -> tuple[int, str, str]:
        async with aiohttp.ClientSession() as session, session.get(self.url + path) as answer:
            return answer.status, answer.headers.get("Content-Type", ""), await answer.text()

    async def json(self) -> tuple[int, dict[str, Any]]:
        async with aiohttp.ClientSession() as session, session.get(self.url + "/healthz") as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def patient() -> AsyncIterator[Patient]:
    asked = Patient()
    app = web.Application()
    add_health(app, asked)
    async with serve(app) as port:
        asked.url = f"http://127.0.0.1:{port}"
        yield asked


async def test_while_all_is_well_it_says_so_with_the_figures(patient: Patient) -> None:
    code, body = await patient.json()
    assert code == 200
    assert body["ok"] is True
    assert body["problems"] == []
    assert body["intake"] == {"state": "listening", "age_s": 12.3, "error": ""}
    assert body["inbox"] == {"waiting": 3, "oldest_s": 0.2, "dead_letters": 1}
    assert body["outbox"]["oldest_s"] == {"crisis": 0.5, "board": 20.0}
    assert body["outbox"]["uncertain"] == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"intake_age_s": 121, "intake_state": "token_rejected"}, r"121 detik.*token_rejected"),
        ({"intake_age_s": None, "uptime_s": 200}, r"200 detik"),
        ({"inbox_age_s": 61.0}, r"masuk tertua menunggu 61 detik"),
        ({"outbox_age_s": {"crisis": 61.0}}, r"jalur crisis menunggu 61 detik"),
        ({"outbox_age_s": {"board": 901.0}}, r"jalur board menunggu 901 detik"),
        ({"disk_free_bytes": 150_000_000}, r"tinggal 150 MB"),
        ({"clockwork_age_s": 181.0}, r"Pengatur waktu berhenti sejak 181 detik"),
    ],
)
async def test_each_trouble_answers_503_and_is_named(
    patient: Patient, change: dict[str, Any], words: str
) -> None:
    patient.becomes(**change)
    code, body = await patient.json()
    assert code == 503
    assert body["ok"] is False
    assert len(body["problems"]) == 1
    assert re.search(words, body["problems"][0])


@pytest.mark.parametrize(
    "change",
    [
        {"intake_age_s": None, "uptime_s": 5.0},
        {"intake_age_s": None, "expects_polls": False},
        {"inbox_age_s": None, "outbox_age_s": {}},
        {"dead_letters": 50, "uncertain": 9},
        {"clockwork_age_s": 179.0, "heartbeat": Beat(None, "not taken: HTTP 503")},
    ],
    ids=[
        "just started",
        "a webhook in a quiet night",
        "nothing to do",
        "work for people, not for a restart",
        "the outside is deaf",
    ],
)
def test_what_is_no_reason_to_restart(change: dict[str, Any]) -> None:
    assert problems(dataclasses.replace(WELL, **change), HealthLimits()) == []


def test_all_troubles_are_named_at_once() -> None:
    ill = dataclasses.replace(WELL, intake_age_s=500, inbox_age_s=500, disk_free_bytes=0)
    assert len(problems(ill, HealthLimits())) == 3


async def test_the_sign_of_life_is_shown_where_there_is_one(patient: Patient) -> None:
    patient.becomes(heartbeat=Beat(12.0, ""), clockwork_age_s=3.0)
    _, body = await patient.json()
    assert body["heartbeat"] == {"age_s": 12.0, "error": ""}
    assert body["clockwork_age_s"] == 3.0
    patient.becomes(heartbeat=None)
    assert "heartbeat" not in (await patient.json())[1]


async def test_when_the_program_cannot_be_asked_that_is_the_trouble(
    patient: Patient, caplog: pytest.LogCaptureFixture
) -> None:
    patient.state = None
    with caplog.at_level(logging.ERROR):
        code, body = await patient.json()
        metrics_code, _, _ = await patient.get("/metrics")
    assert (code, metrics_code) == (503, 503)
    assert body == {"ok": False, "problems": ["Keadaan program tidak bisa dibaca."]}
    assert "database is locked" in caplog.text


async def test_the_metrics_page_is_what_prometheus_reads(patient: Patient) -> None:
    code, kind, text = await patient.get("/metrics")
    assert code == 200
    assert kind.startswith("text/plain; version=0.0.4")
    assert 'tanggap_intake_state{state="listening"} 1\n' in text
    assert "tanggap_intake_age_seconds 12.34\n" in text
    assert 'tanggap_outbox_waiting{lane="board"} 40\n' in text
    assert "# TYPE tanggap_updates_total counter\ntanggap_updates_total 812\n" in text
    for line in text.splitlines():
        assert re.fullmatch(r'# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"\})? [-+.\deInfNa]+', line), line


async def test_what_is_not_known_is_left_out_of_the_metrics(patient: Patient) -> None:
    patient.becomes(intake_age_s=None, outbox_age_s={})
    _, _, text = await patient.get("/metrics")
    assert "tanggap_intake_age_seconds" not in text
    assert "tanggap_outbox_oldest_seconds" not in text


async def test_only_this_machine_is_listened_to_unless_told_otherwise() -> None:
    async with serve(web.Application()) as port:
        other = f"http://127.0.0.2:{port}/"
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.ClientConnectorError):
                await session.get(other)


async def test_a_port_that_is_taken_is_an_error_and_not_a_silence() -> None:
    async with serve(web.Application()) as port:
        with pytest.raises(OSError, match="address already in use"):
            async with serve(web.Application(), port=port):
                pass


def test_numbers_and_odd_labels_are_written_as_the_format_wants() -> None:
    page = exposition(
        [
            one("a", "Line\nbreak \\ back", float("inf")),
            one("b", "x", float("nan")),
            one("c", "x", 0.1),
            per("who", "d", "x", {'say "hi"\n\\': -1.0}),
            Metric("e", "no samples", "gauge"),
        ]
    )
    assert page.splitlines() == [
        "# HELP a Line\\nbreak \\\\ back", "# TYPE a gauge", "a +Inf",
        "# HELP b x", "# TYPE b gauge", "b NaN",
        "# HELP c x", "# TYPE c gauge", "c 0.1",
        "# HELP d x", "# TYPE d gauge", 'd{who="say \\"hi\\"\\n\\\\"} -1',
    ]  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.floats())
def test_any_label_and_number_stay_on_one_line(label: str, value: float) -> None:
    (_, _, sample) = exposition([per("who", "m", "x", {label: value})]).rstrip("\n").split("\n")
    number = sample.rpartition(" ")[2]
    assert float(number) == value or value != value  # noqa: PLR0124  # not a number is not itself
