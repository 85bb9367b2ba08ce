"""A desk on a folder, served as its reader has it: by uvicorn on loopback."""

import json
import shutil
import socket
import threading
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import uvicorn
from conftest import ROOT, invoke

from tasrih.review.api import application
from tasrih.review.desk import desk

TEXT = (ROOT / "docs/example.txt").read_text(encoding="utf-8")
NAME = "2024-05-04-example"
TOKEN = "a-token-of-the-tests"  # noqa: S105


def place(folder):
    """A folder with a corpus that has nothing but a register and one source, and a draft of that source."""
    for name in ("corpus/articles", "corpus/sources"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "corpus/entities.json", folder / "corpus")
    (folder / "corpus/sources/example.txt").write_text(TEXT, encoding="utf-8")
    (folder / "drafts").mkdir()
    (folder / f"drafts/{NAME}.json").write_bytes(drafted())
    return folder


@cache
def drafted():
    """The draft of that source, which is made once in a process."""
    with TemporaryDirectory() as scratch:
        source = Path(scratch, "sources/example.txt")
        source.parent.mkdir()
        source.write_text(TEXT, encoding="utf-8")
        made = invoke("draft", source, "--published", "2024-05-04", "--out", f"{scratch}/")
        assert made.exit_code == 0, made.output
        return Path(scratch, f"{NAME}.json").read_bytes()


class Reader:
    """What a page asks of a desk."""

    def __init__(self, url):
        self.url = url
        self.client = httpx.Client(base_url=url, trust_env=False)

    def get(self, path, **address):
        return self.client.get(f"api/{path}", params=address)

    def post(self, path, **body):
        return self.client.post(f"api/{path}", json=body)

    def articles(self):
        return self.get("articles").json()["articles"]

    def read(self, file=f"{NAME}.json"):
        key = next(one["key"] for one in self.articles() if one["file"] == file)
        return Seen(self, self.get("article", key=key).json())


class Seen:
    """An article as a page shows it; each decision is made on the version that was seen."""

    def __init__(self, reader, article):
        self.reader, self.article = reader, article

    @property
    def record(self):
        return self.article["record"]

    def ask(self, path, **more):
        asked = {"key": self.article["key"], "version": self.article["version"]}
        return self.reader.post(path, **asked, **more)

    def change(self, op, **fields):
        return self.ask("change", change={"op": op, **fields})

    def changed(self, op, **fields):
        return self.after(self.change(op, **fields))

    def after(self, answer):
        assert answer.status_code == 200, answer.json()
        return Seen(self.reader, answer.json())

    def accept_all(self):
        """Accepts all items but what two readings disagree on."""
        items = [item for item in self.article["items"] if item["kind"] != "difference"]
        return self.changed("accept", items=[item["item"] for item in items if not item["decided"]])


@contextmanager
def served(folder, corpus=None, reader="reader-1", second=None, port=0):
    """A desk on a folder, asked as its page would."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        app = application(desk(Path(folder), reader, corpus=corpus, second=second), TOKEN)
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        asking = Reader(f"http://127.0.0.1:{listener.getsockname()[1]}/{TOKEN}/")
        try:
            yield asking
        finally:
            asking.client.close()
            server.should_exit = True
            thread.join(10)


def log_in(folder):
    lines = (folder / f"{NAME}.decisions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
