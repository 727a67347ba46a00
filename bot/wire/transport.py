"""How calls reach the Bot API: python-telegram-bot's request interface on aiohttp, or on httpx by switch.

Both raise the same errors, say whether a failed call may have been delivered (see `delivery`), and never
put an address into an exception text, because the address holds the token.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.wire.delivery import NotSent, Unsendable
from bot.wire.redact import redact

TransportKind = Literal["aiohttp", "httpx"]

# Seconds, None for no limit, or PTB's mark for "not given", whose type lives in a private module of PTB's.
_Timeout: TypeAlias = Any

_KEEP_ALIVE_S = 30  # api.telegram.org closes idle connections at about 39 s; be the first to hang up


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. `read` is generous: a timeout after writing leaves open whether the message stands there."""

    connect: float = 5.0
    read: float = 20.0
    write: float = 10.0
    media_write: float = 60.0
    pool: float = 5.0


def make_request(
    kind: TransportKind = "aiohttp",
    *,
    timeouts: Timeouts | None = None,
    pool_size: int = 64,
    proxy: str | None = None,
) -> BaseRequest:
    """A transport for `telegram.Bot`; open it with `initialize()`, close it with `shutdown()`.

    `proxy`: an http(s) address, or None for a direct connection. Raises ValueError for another kind of
    proxy; `proxy_from_environment` finds the one that the machine is set up with.
    """
    if proxy is not None and urlsplit(proxy).scheme not in {"http", "https"}:
        raise ValueError("Proksi harus berupa alamat http:// atau https://")
    limits = timeouts or Timeouts()
    if kind == "httpx":
        return CarefulHttpxRequest(
            connection_pool_size=pool_size,
            read_timeout=limits.read,
            write_timeout=limits.write,
            connect_timeout=limits.connect,
            pool_timeout=limits.pool,
            media_write_timeout=limits.media_write,
            proxy=proxy,
            httpx_kwargs={"trust_env": False},
        )
    return AiohttpRequest(timeouts=limits, pool_size=pool_size, proxy=proxy)


def proxy_from_environment(url: str) -> str | None:
    """The proxy that HTTPS_PROXY, ALL_PROXY and NO_PROXY name for this address.

    Asked once at start: aiohttp's own way looks into the environment and a file in a thread for every call.
    """
    parts = urlsplit(url)
    if proxy_bypass(parts.hostname or ""):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")


class AiohttpRequest(BaseRequest):
    """The default transport: one keep-alive pool, a fraction of httpx's CPU when calls run side by side."""

    __slots__ = ("_pool_size", "_proxy", "_session", "_timeouts")

    def __init__(
        self, *, timeouts: Timeouts | None = None, pool_size: int = 64, proxy: str | None = None
    ) -> None:
        self._timeouts = timeouts or Timeouts()
        self._pool_size = pool_size
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._timeouts.read

    async def initialize(self) -> None:
        """Opens the pool; does nothing when it is open."""
        if self._session is not None and not self._session.closed:
            return
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._pool_size, keepalive_timeout=_KEEP_ALIVE_S),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            proxy=self._proxy,
        )

    async def shutdown(self) -> None:
        """Closes every connection at once; calls under way fail."""
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0913, PLR0917  # the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: _Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: _Timeout = BaseRequest.DEFAULT_NONE,
        connect_timeout: _Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: _Timeout = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Makes one HTTP call; returns status and body.

        Raises NotSent, Unsendable, TimedOut or NetworkError. Statuses of 400 and more are returned; PTB's
        `post` turns them into its errors.
        """
        session = self._session
        if session is None or session.closed:
            raise NotSent("The transport is not open")
        body, headers = _body(request_data)
        uploads = request_data is not None and request_data.contains_files
        timeout = _client_timeout(
            connect=_given(connect_timeout, self._timeouts.connect),
            pool=_given(pool_timeout, self._timeouts.pool),
            write=_given(write_timeout, self._timeouts.media_write if uploads else self._timeouts.write),
            read=_given(read_timeout, self._timeouts.read),
        )
        try:
            async with session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, OSError) as error:
            raise _telegram_error(error) from None


class CarefulHttpxRequest(HTTPXRequest):
    """PTB's own transport, made to say what was surely not sent and to keep addresses out of its errors."""

    __slots__ = ()

    async def do_request(  # noqa: PLR0913, PLR0917  # the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: _Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: _Timeout = BaseRequest.DEFAULT_NONE,
        connect_timeout: _Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: _Timeout = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        _encoded(request_data)
        try:
            return await super().do_request(
                url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
            )
        except NetworkError as error:
            name = type(error.__cause__).__name__
            if isinstance(error.__cause__, _HTTPX_BEFORE_WRITING):
                raise NotSent(f"No connection: {name}") from None
            raise type(error)(redact(error.message)) from None


_HTTPX_BEFORE_WRITING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

# aiohttp raises these only while it gets a connection, which includes waiting for a free one.
_AIOHTTP_BEFORE_WRITING = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


def _telegram_error(error: Exception) -> NetworkError:
    """The PTB error for an aiohttp one. Names its class only: several of aiohttp's texts hold the address."""
    name = type(error).__name__
    if isinstance(error, _AIOHTTP_BEFORE_WRITING):
        return NotSent(f"No connection: {name}")
    if isinstance(error, TimeoutError):
        return TimedOut(f"Timed out: {name}")
    return NetworkError(f"Connection failed: {name}")


def _given(value: _Timeout, default: float) -> float | None:
    if isinstance(value, type(BaseRequest.DEFAULT_NONE)):
        return default
    return None if value is None else float(value)


@lru_cache(maxsize=16)
def _client_timeout(
    *, connect: float | None, pool: float | None, write: float | None, read: float | None
) -> aiohttp.ClientTimeout:
    """aiohttp has no write timeout, so the total bounds it; it also ends an answer that trickles in for ever.

    The total is longer than the connection may take, so whatever it cuts off counts as possibly sent.
    """
    acquire = None if connect is None or pool is None else connect + pool
    total = None if acquire is None or write is None or read is None else acquire + write + read
    return aiohttp.ClientTimeout(total=total, connect=acquire, sock_connect=connect, sock_read=read)


def _encoded(data: RequestData | None) -> bytes:
    """The parameters as UTF-8 JSON. Raises Unsendable when a string at any depth holds half a character."""
    parameters = data.parameters if data else {}
    try:
        return json.dumps(parameters, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        raise Unsendable("The text holds a lone surrogate, which is no character") from None


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None or not (data.contains_files or data.parameters):
        return None, {}
    encoded = _encoded(data)
    if not data.contains_files:
        return encoded, {"Content-Type": "application/json"}
    form = aiohttp.FormData(default_to_multipart=True, quote_fields=False, charset="utf-8")
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    files: dict[str, tuple[Any, ...]] = dict(data.multipart_data)
    for name, (filename, content, content_type) in files.items():
        form.add_field(name, content, filename=_one_line(filename), content_type=content_type)
    return form, {}


def _one_line(filename: str) -> str:
    """A file name is a header value: a line break in it would end the header."""
    return "".join(c for c in filename if c.isprintable()) or "file"
