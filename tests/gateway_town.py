"""Gateways on the loopback: what they were sent, and how they answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.web.server import serve


@dataclass
class Gateways:
    """`answers`: per first part of the path the status, or seconds of silence as a negative number."""

    port: int = 0
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)

    def url(self, way: str, scheme: str = "json") -> str:
        """The address of one gateway, with the place for whom."""
        return f"{scheme}://127.0.0.1:{self.port}/{way}/{{to}}"

    def to(self, way: str) -> list[str]:
        """Whom this gateway was asked to reach, in order."""
        return [path.split("/")[2] for path, _ in self.got if path.split("/")[1] == way]

    def said(self, way: str) -> list[str]:
        """Title and text of what it was given."""
        return [f"{m['title']} | {m['message']}" for path, m in self.got if path.split("/")[1] == way]

    async def handle(self, request: web.Request) -> web.Response:
        way = request.path.split("/")[1]
        self.got.append((request.path, await request.json()))
        answer = self.answers.get(way, 200)
        if answer < 0:
            await asyncio.sleep(-answer)
            answer = 200
        return web.Response(status=answer, text="kata sandi: rahasia")


@asynccontextmanager
async def gateways() -> AsyncIterator[Gateways]:
    made = Gateways()
    app = web.Application()
    app.router.add_post("/{rest:.*}", made.handle)
    async with serve(app) as made.port:
        yield made
