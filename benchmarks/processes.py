"""Programs under measurement, each a process of its own: start, ask the kernel what it used, kill, stop."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_TICK_S = 1.0 / os.sysconf("SC_CLK_TCK")
_STOPS_WITHIN_S = 10.0
_LAST_WORDS = 2_000


class Died(Exception):
    """The program ended by itself; the message holds the end of its log."""


@dataclass(slots=True)
class Program:
    """A running Python program. `log` is where its output goes."""

    process: asyncio.subprocess.Process
    log: Path
    started_at: float

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    def cpu_s(self) -> float:
        """Seconds of processor time so far, of all its threads, user and system."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * _TICK_S

    def memory_mb(self) -> tuple[float, float]:
        """Resident now, and at its highest."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        kb = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Vm")}
        return int(kb["VmRSS"]) / 1024, int(kb["VmHWM"]) / 1024

    def must_live(self) -> None:
        """Raises Died."""
        if not self.alive:
            end = self.log.read_text(errors="replace")[-_LAST_WORDS:]
            raise Died(f"ended with {self.process.returncode}:\n{end}")

    async def kill(self) -> None:
        """kill -9: nothing of it runs after this line."""
        if self.alive:
            self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """SIGTERM, and kill -9 for one that does not listen; its exit status."""
        if self.alive:
            self.process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(_STOPS_WITHIN_S):
                return await self.process.wait()
        except TimeoutError:
            await self.kill()
            raise Died("did not stop when asked to") from None


async def start(arguments: Sequence[str], log: Path, environment: Mapping[str, str]) -> Program:
    """`python ARGUMENTS`, from the repository's root; its output is added to `log`."""
    whole = os.environ | environment | {"PYTHONPATH": str(ROOT)}
    begun = time.monotonic()
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=ROOT,
            env=whole,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    return Program(process, log, begun)
