"""The body of a call from outside, read no further than it may be long."""

from aiohttp import web


async def body_up_to(most: int, request: web.Request) -> bytes | None:
    """The body, or None when it is longer than `most` bytes; then the rest of it is not read."""
    if (request.content_length or 0) > most:
        return None
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)
