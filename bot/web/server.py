"""A running HTTP server around an application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

LOOPBACK = "127.0.0.1"


@asynccontextmanager
async def serve(app: web.Application, *, host: str = LOOPBACK, port: int = 0) -> AsyncIterator[int]:
    """Listens while the block runs and gives the port; 0 picks a free one. Only this machine, unless told so.

    Raises OSError when the address is taken. No access log: it would hold addresses and say nothing useful.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
