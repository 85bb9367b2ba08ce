"""Who may ask the desk: its own page, from an address that nobody can guess. And what a browser may do with answers."""

import re
import secrets

import orjson
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "font-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# Of every answer: nothing but the desk's own scripts and styles runs, and no other site may show or read it.

_HOST = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?")  # a name that rebinding cannot take
_ELSEWHERE = "Another site asked. Only the desk's own page may."


def guarded(app: ASGIApp) -> ASGIApp:
    """An application that is asked by its own page alone, and whose answers all say what a browser may do with them."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        reason = _refusal(Request(scope)) if scope["type"] == "http" else None
        answering = Response(orjson.dumps({"error": reason}), 403, None, "application/json") if reason else app
        await answering(scope, receive, send_with_headers)

    return answer


def token() -> str:
    """Something for the address that nobody can guess."""
    return secrets.token_urlsafe(24)


def _refusal(request: Request) -> str | None:
    """Why a request is none of the desk's own page or its reader; None when it may be one."""
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    if not _HOST.fullmatch(host):
        return "This host name is not the desk's. Use the address that `tasrih review` printed."
    if origin is not None and origin != f"http://{host}":
        return _ELSEWHERE
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return _ELSEWHERE
    if request.method == "POST" and request.headers.get("content-type") != "application/json":
        return "Changes are sent as application/json."
    return None
