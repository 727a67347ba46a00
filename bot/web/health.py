"""/healthz for whoever pages, /metrics for whoever draws curves. Nothing here is secret or personal."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from bot.web.metrics import CONTENT_TYPE, Metric, exposition, one, per

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Beat:
    """The sign of life to the outside: since when it was last taken, and why it is not."""

    age_s: float | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """One look at the whole. Ages are seconds; None means that there is nothing of the kind (yet).

    `intake_age_s`: since an answer of Telegram was last committed (None: never since the start, or not to be
    expected, as with a webhook). `inbox_age_s`: of the oldest update not handled. `outbox_age_s`, `outbox`:
    per lane, the oldest and the number of messages not yet sent. `counters`: totals since the start.
    `clockwork_age_s`: since timers were last fired. `heartbeat`: what the outside hears, if anything.
    """

    uptime_s: float
    intake_state: str
    intake_age_s: float | None
    inbox_age_s: float | None
    inbox_waiting: int
    dead_letters: int
    uncertain: int
    disk_free_bytes: int
    intake_error: str = ""
    expects_polls: bool = True
    outbox_age_s: Mapping[str, float] = field(default_factory=dict)
    outbox_waiting: Mapping[str, int] = field(default_factory=dict)
    counters: Mapping[str, float] = field(default_factory=dict)
    clockwork_age_s: float | None = None
    heartbeat: Beat | None = None


class HealthSource(Protocol):
    async def health(self) -> Health: ...


@dataclass(frozen=True, slots=True)
class HealthLimits:
    """From when on /healthz answers 503; seconds and bytes.

    `outbox_age_s`: per lane, "" for every other lane. The crisis lane's is longer than the 30 s for which
    Telegram usually silences a chat, since a restart would not shorten that.
    """

    intake_age_s: float = 120.0
    inbox_age_s: float = 60.0
    disk_free_bytes: int = 200_000_000
    clockwork_age_s: float = 180.0
    outbox_age_s: Mapping[str, float] = field(default_factory=lambda: {"crisis": 60.0, "": 900.0})


def problems(health: Health, limits: HealthLimits) -> list[str]:
    """What is wrong, in Indonesian; empty while the bot does its work.

    Dead letters and uncertain sends are no reason to restart anything: they wait for a person and are shown.
    """
    found = stalls(health, limits)
    if health.disk_free_bytes < limits.disk_free_bytes:
        found.append(f"Sisa ruang disk tinggal {health.disk_free_bytes // 1_000_000} MB.")
    return found


def stalls(health: Health, limits: HealthLimits) -> list[str]:
    """What stands still: intake, outbox or timers. The sign of life to the outside stops with any of them."""
    found = []
    if not is_ticking(health, limits):
        found.append(f"Pengatur waktu berhenti sejak {health.clockwork_age_s:.0f} detik lalu.")
    heard = health.uptime_s if health.intake_age_s is None else health.intake_age_s
    if health.expects_polls and heard > limits.intake_age_s:
        found.append(f"Sudah {heard:.0f} detik tidak ada jawaban dari Telegram ({health.intake_state}).")
    if not health.expects_polls and health.intake_error:
        found.append(f"Pesan dari Telegram tidak sampai: {health.intake_error} ({health.intake_state}).")
    if (health.inbox_age_s or 0) > limits.inbox_age_s:
        found.append(f"Pesan masuk tertua menunggu {health.inbox_age_s:.0f} detik.")
    for lane, age in health.outbox_age_s.items():
        if age > limits.outbox_age_s.get(lane, limits.outbox_age_s.get("", float("inf"))):
            found.append(f"Pesan keluar tertua di jalur {lane} menunggu {age:.0f} detik.")
    return found


def is_ticking(health: Health, limits: HealthLimits) -> bool:
    """Whether timers are fired: without them nobody is called."""
    return (health.clockwork_age_s or 0) <= limits.clockwork_age_s


def add_health(app: web.Application, source: HealthSource, limits: HealthLimits | None = None) -> None:
    """Adds GET /healthz and GET /metrics to an application."""
    used = limits or HealthLimits()

    async def healthz(_request: web.Request) -> web.Response:
        health = await _look(source)
        wrong = ["Keadaan program tidak bisa dibaca."] if health is None else problems(health, used)
        body = {"ok": not wrong, "problems": wrong} | ({} if health is None else _as_json(health))
        return web.json_response(body, status=503 if wrong else 200, headers={"Cache-Control": "no-store"})

    async def metrics(_request: web.Request) -> web.Response:
        health = await _look(source)
        if health is None:
            return web.Response(status=503)
        page = exposition(_metrics(health, len(problems(health, used))))
        return web.Response(body=page.encode(), headers={"Content-Type": CONTENT_TYPE})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", metrics)


async def _look(source: HealthSource) -> Health | None:
    try:
        return await source.health()
    except Exception:
        log.exception("Health cannot be read")
        return None


def _as_json(health: Health) -> dict[str, object]:
    return {
        "uptime_s": round(health.uptime_s, 1),
        "intake": {
            "state": health.intake_state,
            "age_s": _rounded(health.intake_age_s),
            "error": health.intake_error,
        },
        "inbox": {
            "waiting": health.inbox_waiting,
            "oldest_s": _rounded(health.inbox_age_s),
            "dead_letters": health.dead_letters,
        },
        "outbox": {
            "waiting": dict(health.outbox_waiting),
            "oldest_s": {lane: _rounded(age) for lane, age in health.outbox_age_s.items()},
            "uncertain": health.uncertain,
        },
        "disk_free_bytes": health.disk_free_bytes,
        "clockwork_age_s": _rounded(health.clockwork_age_s),
    } | ({} if health.heartbeat is None else {"heartbeat": _beat(health.heartbeat)})


def _beat(beat: Beat) -> dict[str, object]:
    return {"age_s": _rounded(beat.age_s), "error": beat.error}


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


def _metrics(health: Health, wrong: int) -> list[Metric]:
    waiting = {lane: float(count) for lane, count in health.outbox_waiting.items()}
    return [
        one("tanggap_up_seconds", "Time since the program started.", health.uptime_s),
        one("tanggap_problems", "Reasons for which /healthz answers 503.", wrong),
        per("state", "tanggap_intake_state", "What the intake is doing.", {health.intake_state: 1}),
        one("tanggap_intake_age_seconds", "Since Telegram last answered.", health.intake_age_s),
        one("tanggap_inbox_waiting", "Updates not yet handled.", health.inbox_waiting),
        one("tanggap_inbox_oldest_seconds", "Age of the oldest update not handled.", health.inbox_age_s),
        one("tanggap_dead_letters", "Updates put aside for a person.", health.dead_letters),
        per("lane", "tanggap_outbox_waiting", "Messages not yet sent.", waiting),
        per("lane", "tanggap_outbox_oldest_seconds", "Age of the oldest of them.", health.outbox_age_s),
        one(
            "tanggap_outbox_uncertain", "Sends of which nobody knows whether they arrived.", health.uncertain
        ),
        one("tanggap_clockwork_age_seconds", "Since timers were last fired.", health.clockwork_age_s),
        one(
            "tanggap_heartbeat_age_seconds",
            "Since the outside last took a sign of life.",
            health.heartbeat.age_s if health.heartbeat else None,
        ),
        one("tanggap_disk_free_bytes", "Free space where the database is.", health.disk_free_bytes),
        *(
            one(f"tanggap_{name}_total", "Total since the start.", value, "counter")
            for name, value in health.counters.items()
        ),
    ]
