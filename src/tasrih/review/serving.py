"""The desk served on loopback, until its reader stops it."""

import os
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from tasrih.errors import UnavailableError
from tasrih.review.desk import Desk

_LOOPBACK = "127.0.0.1"


def serve(at: Desk, port: int, tell: Callable[[str], None], *, browser: bool) -> None:
    """Serves a desk; `tell` is told the address once it answers.

    When `port` is 0 the address is the one that the last desk on the folder had, if that port is free.

    Raises TasrihError when the port cannot be had, and when what serves is not installed.
    """
    try:
        import uvicorn

        from tasrih.review import address
        from tasrih.review.api import application
    except ImportError as error:
        raise UnavailableError(f"{error.name} is not installed. Install tasrih[review].") from error
    before, secret = address.last(at.folder)
    listening = _listening(port) if port else _listening_again(before)
    here = listening.getsockname()[1]
    address.keep(at.folder, here, secret)
    place = f"http://{_LOOPBACK}:{here}/{secret}/"
    app = application(at, secret)
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1)
    tell(place)
    if browser:
        Thread(target=webbrowser.open, args=[place], daemon=True).start()  # some wait until the page is there
    with listening, suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _listening_again(port: int) -> socket.socket:
    """The same on a port, or on one that is free where that is taken."""
    try:
        return _listening(port)
    except UnavailableError:
        return _listening(0)


def _listening(port: int) -> socket.socket:
    """A socket that this machine alone reaches, and on which connections wait from now on."""
    listening = socket.socket(proto=socket.IPPROTO_TCP)  # by which asyncio knows to send at once
    try:
        if os.name == "posix":  # on Windows it would let us take a port that another program listens on
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((_LOOPBACK, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise UnavailableError(f"port {port} cannot be had ({error.strerror}). Choose another: --port 0.") from error
    return listening
