"""Programs that a story starts: none outlives it, however it ends."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress


@asynccontextmanager
async def program(
    *command: str, env: Mapping[str, str] | None = None, stdout: int | None = None
) -> AsyncIterator[Process]:
    """Runs beside the story, and is killed at its end if it has not ended by itself."""
    process = await asyncio.create_subprocess_exec(*command, env=env, stdout=stdout)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
