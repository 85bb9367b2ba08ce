"""The stand-in hub as an application, and served from a thread on a free port."""

import socket
import threading
import time
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from hub import endpoints
from hub.faults import Faults
from hub.storage import Storage

_REPOSITORY = "/api/datasets/{owner}/{name}"
_ROUTES = {
    endpoints.create: ["/api/repos/create"],
    endpoints.validate_yaml: ["/api/validate-yaml"],
    endpoints.info: [_REPOSITORY, _REPOSITORY + "/revision/{revision}"],
    endpoints.refs: [_REPOSITORY + "/refs"],
    endpoints.tree: [_REPOSITORY + "/tree/{revision}", _REPOSITORY + "/tree/{revision}/{path:path}"],
    endpoints.paths_info: [_REPOSITORY + "/paths-info/{revision}"],
    endpoints.branch: [_REPOSITORY + "/branch/{revision}"],
    endpoints.tag: [_REPOSITORY + "/tag/{revision}"],
    endpoints.preupload: [_REPOSITORY + "/preupload/{revision}"],
    endpoints.commit: [_REPOSITORY + "/commit/{revision}"],
    endpoints.xet_token: [_REPOSITORY + "/xet-{mode}-token/{revision}"],
    endpoints.lfs_batch: ["/datasets/{owner}/{name}.git/info/lfs/objects/batch"],
    endpoints.lfs_upload: ["/lfs/{oid}"],
    endpoints.lfs_verify: ["/lfs-verify"],
    endpoints.resolve: ["/datasets/{owner}/{name}/resolve/{revision}/{path:path}"],
}


class Hub:
    """A hub with an account that may write and one that may only read."""

    user = "tester"
    tokens = {"hf_writer": "write", "hf_reader": "read"}  # noqa: RUF012

    def __init__(self, root, url):
        self.url, self.storage, self.faults, self.requests = url, Storage(root), Faults(), []

    def repository(self, repo_id):
        return self.storage.repository(repo_id)

    def asked(self, endpoint):
        """How many requests an endpoint was sent."""
        return self.requests.count(endpoint)

    def application(self):
        routes = [
            Route(path, self._guarded(endpoint), methods=["GET", "POST", "PUT"])
            for endpoint, paths in _ROUTES.items()
            for path in paths
        ]
        app = Starlette(routes=routes)
        app.state.hub = self
        return app

    def _guarded(self, endpoint):
        async def answer(request):
            self.requests.append(endpoint.__name__)
            try:
                return await self.faults.answer(endpoint.__name__, request) or await endpoint(request)
            except endpoints.RefusedError as refused:
                return refused.response

        return answer


@contextmanager
def serve(root):
    """A hub that keeps what it is sent in a folder."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:  # by which asyncio knows to send at once
        listener.bind(("127.0.0.1", 0))
        hub = Hub(root, f"http://127.0.0.1:{listener.getsockname()[1]}")
        server = uvicorn.Server(uvicorn.Config(hub.application(), log_level="critical", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield hub
        server.should_exit = True
        thread.join(10)
