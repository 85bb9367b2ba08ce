"""The desk served on loopback, until its reader stops it."""

import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from tasrih.errors import UnavailableError
from tasrih.review.desk import Desk

_LOOPBACK = "127.0.0.1"


def serve(at: Desk, port: int, tell: Callable[[str], None], *, browser: bool) -> None:
    """Serves a desk, on a port of its own when `port` is 0; `tell` is told the address once it answers.

    Raises TasrihError when the port cannot be had, and when what serves is not installed.
    """
    try:
        import uvicorn

        from tasrih.review.api import application
        from tasrih.review.guard import token
    except ImportError as error:
        raise UnavailableError(f"{error.name} is not installed. Install tasrih[review].") from error
    listening = _listening(port)
    secret = token()
    address = f"http://{_LOOPBACK}:{listening.getsockname()[1]}/{secret}/"
    app = application(at, secret)
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1)
    tell(address)
    if browser:
        Thread(target=webbrowser.open, args=[address], daemon=True).start()  # some wait until the page is there
    with listening, suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _listening(port: int) -> socket.socket:
    """A socket that this machine alone reaches, and on which connections wait from now on."""
    listening = socket.socket(proto=socket.IPPROTO_TCP)  # by which asyncio knows to send at once
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((_LOOPBACK, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise UnavailableError(f"port {port} cannot be had ({error.strerror}). Choose another: --port 0.") from error
    return listening
