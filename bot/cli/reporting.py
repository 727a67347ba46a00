"""report: a crisis, a period, or one person's record. On the host no rights are asked."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot.app import opened_quietly
from bot.assembly import Services
from bot.chat.report.html import to_html
from bot.chat.report.paper import Paper
from bot.chat.report.pdf import to_pdf
from bot.chat.report.pdf_kit import NoPdf
from bot.chat.report.period_paper import period_paper
from bot.chat.report.record_paper import record_paper
from bot.chat.report.run_paper import run_paper
from bot.chat.report.short import in_short
from bot.cli.evidence_file import write_evidence
from bot.cli.running import DEFAULT, ConfigPath
from bot.cli.saying import note, plainly, say, stop
from bot.clock import SystemClock
from bot.domain.incident import RunId
from bot.domain.people import PersonId, Zone
from bot.files.config import load_settings
from classifiers.errors import because

_Answer = TypeVar("_Answer")


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command("report")(report)


def report(  # noqa: PLR0913, PLR0917 - one argument per option of the command
    run: Annotated[str, typer.Argument(help="Nomor insiden, misalnya K-3.")] = "",
    last: Annotated[bool, typer.Option("--last", help="Insiden yang terakhir dibuka.")] = False,
    since: Annotated[str, typer.Option("--since", help="Semua insiden sejak TTTT-BB-HH.")] = "",
    until: Annotated[str, typer.Option("--until", help="Sampai dengan TTTT-BB-HH; kosong: hari ini.")] = "",
    person: Annotated[str, typer.Option("--person", help="Bukti kinerja satu orang (ID di config).")] = "",
    html: Annotated[Path | None, typer.Option("--html", help="Tulis sebagai HTML ke berkas ini.")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Tulis sebagai PDF ke berkas ini.")] = None,
    evidence: Annotated[
        Path | None, typer.Option("--evidence", help="Daftar bukti lengkap sebagai CSV.")
    ] = None,
    config: ConfigPath = DEFAULT,
) -> None:
    """Laporan krisis, laporan satu masa, atau bukti kinerja seseorang. Tanpa berkas: ringkasannya saja."""
    asked = _Asked(run, since, until, person)
    asked.must_be_one(last=last, evidence=evidence)

    async def work(services: Services) -> Paper:
        if evidence is not None:
            await _write_evidence(services, await asked.run_of(services), evidence)
        return await asked.paper(services)

    paper = _read(config, work)
    if html is not None:
        _write(html, to_html(paper).encode())
    if pdf is not None:
        _write(pdf, _pdf(paper))
    if html is None and pdf is None:
        for line in in_short(paper):
            say(line)


class _Asked:
    """What the command line asks for."""

    def __init__(self, run: str, since: str, until: str, person: str) -> None:
        self._run, self._since, self._until, self._person = run, since, until, person

    def must_be_one(self, *, last: bool, evidence: Path | None) -> None:
        """One thing at a time, and evidence of a run only."""
        of_run = bool(self._run) or last
        if (bool(self._run), last, bool(self._since) and not self._person, bool(self._person)).count(
            True
        ) != 1:
            stop("Pilih satu: nomor insiden, --last, --since TTTT-BB-HH, atau --person ID.", 2)
        if evidence is not None and not of_run:
            stop("--evidence hanya untuk satu insiden.", 2)

    async def run_of(self, services: Services) -> RunId:
        if not self._run:
            return await services.after.reports.last()
        number = self._run.upper().removeprefix("K-")
        if not number.isdigit():
            stop(f"“{self._run}” bukan nomor insiden. Tulis seperti K-3.", 2)
        return RunId(int(number))

    async def paper(self, services: Services) -> Paper:
        head = services.after.reports.letterhead
        if self._person:
            span = self._span(services)
            return record_paper(await services.after.contributions.of(PersonId(self._person), *span), head)
        if self._since:
            return period_paper(await services.after.reports.of_period(*self._span(services)), head)
        return run_paper(await services.after.reports.of_run(await self.run_of(services)), head)

    def _span(self, services: Services) -> tuple[datetime, datetime]:
        return span_of(self._since, self._until, services.after.reports.letterhead.zone)


def span_of(since: str, until: str, zone: Zone) -> tuple[datetime, datetime]:
    """The office's days; `until` is the last that counts. Without `since`: from the new year on."""
    local = SystemClock().now().astimezone(zone.tz)
    begins = _day(since) if since else local.replace(month=1, day=1)
    ends = _day(until) if until else local
    midnight = dict.fromkeys(("hour", "minute", "second", "microsecond"), 0)
    first = begins.replace(**midnight, tzinfo=zone.tz)
    end = ends.replace(**midnight, tzinfo=zone.tz) + timedelta(days=1)
    if end <= first:
        stop("--until lebih awal daripada --since.", 2)
    return first, end


def _day(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        stop(f"“{text}” bukan tanggal. Tulis seperti 2026-11-23.", 2)


def _read(config: Path, work: Callable[[Services], Awaitable[_Answer]]) -> _Answer:
    async def go() -> _Answer:
        async with opened_quietly(load_settings(config, os.environ), SystemClock()) as (services, _):
            return await work(services)

    with plainly():
        return asyncio.run(go())


def _pdf(paper: Paper) -> bytes:
    try:
        return to_pdf(paper)
    except NoPdf as error:
        stop(str(error), 2)


def _write(path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        stop(f"{path} tidak dapat ditulis ({because(error)}).")
    note(f"Ditulis ke {path}.")


async def _write_evidence(services: Services, run: RunId, path: Path) -> None:
    try:
        await write_evidence(services, run, path)
    except OSError as error:
        stop(f"{path} tidak dapat ditulis ({because(error)}).")
    note(f"Ditulis ke {path}.")
