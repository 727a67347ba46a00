"""systemd listens on a real socket: what it hears, and when it hears nothing."""

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import MORNING

from bot.clock import FakeClock
from bot.gateways.systemd import Systemd


class Ear:
    """The socket that systemd names."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.line.bind(f"\0{address[1:]}" if address.startswith("@") else address)
        self.line.setblocking(False)

    def heard(self) -> list[str]:
        found = []
        while True:
            try:
                found.append(self.line.recv(1000).decode())
            except BlockingIOError:
                return found

    def environment(self, **more: str) -> dict[str, str]:
        return {"NOTIFY_SOCKET": self.address, **more}


@pytest.fixture(params=["file", "abstract"])
def ear(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ear]:
    made = Ear(str(tmp_path / "n") if request.param == "file" else f"@tanggap-{os.getpid()}")
    yield made
    made.line.close()


def test_it_hears_that_the_bot_is_ready_and_that_it_stops(ear: Ear) -> None:
    systemd = Systemd(ear.environment())
    systemd.ready()
    systemd.stopping()
    assert ear.heard() == ["READY=1", "STOPPING=1"]


async def test_it_hears_a_sign_twice_as_often_as_it_asks_while_the_clockwork_goes(ear: Ear) -> None:
    clock = FakeClock(MORNING)
    states: list[bool | None] = [True, True, False, None]

    async def alive() -> bool:
        state = states.pop(0)
        if state is None:
            raise OSError("disk I/O error")
        return state

    systemd = Systemd(ear.environment(WATCHDOG_USEC="120000000", WATCHDOG_PID=str(os.getpid())))
    watching = asyncio.create_task(systemd.watch(alive, clock))
    await asyncio.sleep(0.01)
    assert ear.heard() == ["WATCHDOG=1"]
    clock.advance(59)
    await asyncio.sleep(0.01)
    assert ear.heard() == []
    clock.advance(1)
    await asyncio.sleep(0.01)
    assert ear.heard() == ["WATCHDOG=1"]
    while states:
        clock.advance(60)
        await asyncio.sleep(0.01)
        assert ear.heard() == [], "systemd will restart what hangs"
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


async def test_without_systemd_nothing_is_said_and_nothing_waits() -> None:
    systemd = Systemd({})
    systemd.ready()
    await systemd.watch(lambda: asyncio.sleep(0, result=True), FakeClock(MORNING))
    assert not systemd.listens


def test_a_watchdog_that_is_meant_for_another_process_is_none() -> None:
    assert (
        Systemd({"NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"}).watchdog_s is None
    )
    assert Systemd({"NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "1000000"}).watchdog_s == 1
    assert Systemd({"NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "soon"}).watchdog_s is None


def test_a_socket_that_is_gone_is_no_reason_to_stop(caplog: pytest.LogCaptureFixture) -> None:
    Systemd({"NOTIFY_SOCKET": "/nowhere/notify"}).ready()
    assert "systemd does not hear READY=1" in caplog.text
