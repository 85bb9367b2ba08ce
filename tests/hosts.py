"""A stand-in for the hosts of repositories: a real server on a free port, whose answers a test can plan."""

import re
import threading
from collections import deque
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

STOP = 2**60


class Fault(NamedTuple):
    """How an answer differs: its status, headers to add, and after how many bytes it ends, or (`hold`) only stops."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    after: int = STOP
    hold: bool = False


class Asked(NamedTuple):
    path: str
    headers: Message
    sent: int


class Host:
    """What is served by its path, the faults of the next answers, and what was asked for."""

    def __init__(self):
        self.files, self.faults, self.asked = {}, deque(), []
        self.has_ranges = True
        self.connections = 0
        self.released = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.server.host.connections += 1

    def log_message(self, *_):
        pass

    def do_GET(self):
        host = self.server.host
        fault = host.faults.popleft() if host.faults else Fault()
        data = host.files.get(self.path, b"") if fault.status == 200 else b""
        begun = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        first = int(begun[1]) if begun and host.has_ranges else 0
        sent = data[first:][: fault.after]
        host.asked.append(Asked(self.path, self.headers, len(sent)))  # before anybody can have got it
        status, headers = self._head(fault, data, first)
        self.send_response(status)
        for name, value in (*headers, *fault.headers, ("Content-Length", str(len(data[first:])))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(sent)
        if fault.hold:
            host.released.wait()
        self.close_connection |= fault.after != STOP

    def _head(self, fault, data, first):
        if fault.status != 200:
            return fault.status, []
        if self.path not in self.server.host.files:
            return 404, []
        if not first:
            return 200, []
        if first >= len(data):
            return 416, [("Content-Range", f"bytes */{len(data)}")]
        return 206, [("Content-Range", f"bytes {first}-{len(data) - 1}/{len(data)}")]


@contextmanager
def serve():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        server.host = host = Host()
        host.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield host
        finally:
            host.released.set()
            server.shutdown()
            thread.join(10)
