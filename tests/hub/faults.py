"""What goes wrong when a test asks for it."""

import asyncio
import threading
from collections import defaultdict

from starlette.responses import JSONResponse, StreamingResponse

CLOSE, HANG, SLOW = "close", "hang", "slow"


class Faults:
    """Faults by the name of the endpoint: a status, CLOSE, HANG or SLOW, for the next so many requests."""

    def __init__(self):
        self._planned = defaultdict(list)
        self._reached = defaultdict(threading.Event)

    def plan(self, endpoint, fault, times=1):
        self._planned[endpoint] += [fault] * times

    def clear(self):
        self._planned.clear()
        self._reached.clear()

    def wait_until_reached(self, endpoint):
        """Waits for a fault to come about."""
        assert self._reached[endpoint].wait(30), f"nobody asked for {endpoint}"

    async def answer(self, endpoint, request):
        """The answer that a planned fault gives; None when the request goes on as usual."""
        if not self._planned[endpoint]:
            return None
        fault = self._planned[endpoint].pop(0)
        self._reached[endpoint].set()
        if fault == SLOW:
            return await asyncio.sleep(1)
        if fault == CLOSE:
            return StreamingResponse(_cut(), headers={"Content-Length": "1000"})
        if fault == HANG:
            while not await request.is_disconnected():
                await asyncio.sleep(0.01)
        return JSONResponse({"error": "planned"}, 503 if fault == HANG else fault)


async def _cut():
    yield b"{"
    raise ConnectionAbortedError
