"""What doctor and invite say when Telegram says no: a sentence that helps, and never the token."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.clock import SystemClock
from bot.doctor import examine, invitation
from bot.domain.people import PersonId
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.store.database import open_database
from bot.web.server import serve

EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"
SECRET = "A" * 35
TOKEN = f"123456789:{SECRET}"


async def _no(_request: web.Request) -> web.Response:
    said = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    return web.json_response(said, status=401)


@pytest.fixture
async def refused(tmp_path: Path) -> AsyncIterator[Settings]:
    """The example configuration with a token that its Bot API does not know."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", _no)
    async with serve(app) as port:
        text = EXAMPLE.read_text("utf-8").replace("https://api.telegram.org", f"http://127.0.0.1:{port}")
        path = tmp_path / "config.yaml"
        path.write_text(text, "utf-8")
        yield load_settings(path, {"TANGGAP_BOT_TOKEN": TOKEN})


async def test_doctor_names_a_wrong_token_without_printing_it(refused: Settings) -> None:
    found = await examine(refused, SystemClock())
    said = "\n".join(map(str, found))
    assert "Periksa token dan jaringan" in said
    assert SECRET not in said
    assert "Ratna belum terhubung" in said


async def test_doctor_names_calls_that_reach_nobody_once_somebody_is_enrolled(refused: Settings) -> None:
    async def said() -> str:
        return "\n".join(map(str, await examine(refused, SystemClock())))

    assert "tidak bisa dihubungi selama" not in await said()
    database = await open_database(refused.database_file)
    async with database.transaction() as tx:
        await tx.people.link(PersonId("ratna"), 501, SystemClock().now())
    await database.close()
    found = await said()
    assert re.search(
        r"✗ \S+\.yaml:\d+:\d+ Dalam 14 hari ini unit:bpbd tidak bisa dihubungi selama 14 hari\. "
        r"Mulai \S+ \S+ \S+: .+ cuti, belum terhubung, atau memblokir bot\.",
        found,
    )
    assert "group:pimpinan tidak bisa dihubungi" not in found


async def test_an_invitation_is_made_also_while_telegram_says_no(refused: Settings) -> None:
    said = await invitation(refused, "ratna", SystemClock())
    assert "/mulai " in said
    assert SECRET not in said


async def test_doctor_names_a_secret_that_others_may_read(refused: Settings, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text(TOKEN, "utf-8")
    token.chmod(0o644)
    text = (tmp_path / "config.yaml").read_text("utf-8").replace("${TANGGAP_BOT_TOKEN}", f"file:{token}")
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    said = [str(one) for one in await examine(load_settings(tmp_path / "config.yaml", {}), SystemClock())]
    assert any(one.startswith(f"✗ {token}:1:1 Berkas rahasia ini terbuka") for one in said)
    token.chmod(0o600)
    said = [str(one) for one in await examine(load_settings(tmp_path / "config.yaml", {}), SystemClock())]
    assert not any("Berkas rahasia" in one for one in said)
