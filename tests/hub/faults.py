"""What goes wrong when a test asks for it."""

import asyncio
import threading
from collections import defaultdict

from starlette.responses import JSONResponse, StreamingResponse

CLOSE, HANG, HOLD = "close", "hang", "hold"


class Faults:
    """For the next requests to an endpoint, by its name: a status, CLOSE, HANG (no answer) or HOLD (a late one)."""

    def __init__(self):
        self._planned = defaultdict(list)
        self._reached, self._released = threading.Event(), threading.Event()

    def clear(self):
        self._planned.clear()

    def plan(self, endpoint, *faults):
        self._planned[endpoint] += faults
        self._reached.clear()
        self._released.clear()

    def wait(self):
        """Waits until a request meets a fault."""
        self._reached.wait()

    def release(self):
        """Lets a request on that is held."""
        self._released.set()

    async def answer(self, endpoint, request):
        """The answer that a planned fault gives; None when the request goes on as usual."""
        if not self._planned[endpoint]:
            return None
        fault = self._planned[endpoint].pop(0)
        self._reached.set()
        if fault == HOLD:
            return await asyncio.to_thread(self._released.wait) and None
        if fault == CLOSE:
            return StreamingResponse(_cut(), headers={"Content-Length": "1000"})
        if fault == HANG:
            while not await request.is_disconnected():
                await asyncio.sleep(0.01)
        return JSONResponse({"error": "planned"}, 503 if fault == HANG else fault)


async def _cut():
    yield b"{"
    raise ConnectionAbortedError
