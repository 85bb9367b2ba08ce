"""What the page of the desk asks, and what it is answered.

The page is at `/<token>/`, its files below `/<token>/page/`, and what it asks below `/<token>/api/`: relative addresses
need no token. All answers are JSON but the files. Offsets count code points (JavaScript: `[...text]`), not UTF-16.

    GET  api/articles?start=0&count=200   {total, start, second, reader, articles: [LISTED]}
    GET  api/article?key=KEY              ARTICLE
    GET  api/log?key=KEY                  {entries, standing, torn, odd}: the decisions, the first one first
    GET  api/guidelines                   {sections: [{anchor, heading, level, blocks}]}
    POST api/change {key, version, change, why?}    ARTICLE, with told and decided
    POST api/undo {key, version, number?, why?}     the same; without a number the last decision that stands
    POST api/confirm {key, version, collection?}    {moved, findings, told}, or ARTICLE with told when errors keep it

`standing` has the numbers of the decisions that are in the record and can be taken back, `odd` how many lines are none.
LISTED is `{key, file, id, title, status, items, open}`, or `{key, file, error}` of what is broken or has no words.
ARTICLE is `{key, file, version, record, items, findings, open, decisions, torn, second, alone, trouble}`. `record` is
the record as its file says it, `second` whether there is anything that a second reading says otherwise, `alone` whether
the desk has second readings, but none of this article, `trouble` what keeps that reading from being looked at, or null.
`items` are sorted as they are to be decided: `{item, kind, of, at, value, spans, decided, confidence, rule}`, `kind`
being quote, cue, speaker, addressee, term, entity, mention, question (a waiver that the draft left open) or difference
(see below), `of` the quote or entity that it belongs to, `at` a JSON Pointer, `confidence` null where no program
drafted it. `findings` are those of `tasrih validate`: `{code, severity, message, pointer, excerpt, suggestion, item,
guide}`, `item` being the name of an item, the id of a paragraph, or null, `guide` the rules of the guidelines that
decide it (`["7.3"]`). `open` counts the items that nobody has decided, `told` are sentences on what went with a change,
`decided` the names of the items that it was about, as they are called after it. A block of the guidelines is a text, or
a list: an element, and the blocks in it.

`change` is one of the models in `tasrih.review.changes`, by its `op`:

    {"op": "accept", "items": ["q1", "q2.cue", "e1", "e1@p2.0.4"]}
    {"op": "remove", "item": "q1" | "q1.cue" | "t1" | "e1" | "e1@p2.0.4"}
    {"op": "set_spans", "item": "q1" | "q1.cue" | "q1.speaker" | "t1" | "e1@p2.0.4", "spans": [PLACE]}
    {"op": "set_type", "item": "q1", "type": "direct"}
    {"op": "set_cue", "item": "q1", "cue": PLACE with "kind": "verb", or null}
    {"op": "set_speaker", "item": "q1", "speaker": WHO or null}
    {"op": "set_addressee", "item": "q1", "addressee": WHO or null}
    {"op": "set_relations", "item": "q2", "parent": "q1" or null, "continues": "q1" or null}
    {"op": "set_term", "item": "t1", "kind": "name", "entity": "e1" or null}
    {"op": "set_entity", "item": "e1", "type": "PERS", "name": "…", "value": null, "link": null}
    {"op": "set_mention", "item": "e1@p2.0.4", "form": "named", "entity": "e2"}
    {"op": "merge", "item": "e2", "into": "e1"}
    {"op": "set_role", "item": "p1", "role": "headline"}
    {"op": "add_quote", "type": "direct", "spans": [PLACE], "cue": null, "speaker": null, "addressee": null}
    {"op": "add_term", "kind": "name", "span": PLACE, "entity": null}
    {"op": "add_entity", "type": "PERS", "name": "…", "mentions": [PLACE with "form": "named"]}
    {"op": "add_mention", "item": "e1", "mention": PLACE with "form": "nominal"}
    {"op": "waive", "rule": "Q101", "at": "/paragraphs/1", "reason": "…"}
    {"op": "unwaive", "rule": "Q101", "at": "/paragraphs/1"}
    {"op": "keep", "item": "d-…"}     of a difference: ours is right
    {"op": "take", "item": "d-…"}     theirs is right: ours says the same from now on
    {"op": "renumber"}

PLACE is `{"paragraph": "p2", "start": 0, "end": 4}`, WHO `{"entity": "e1", "form": "named", "span": PLACE or null,
"others": []}`. A quote is accepted with its parts, an entity with its mentions, and what is set or added counts as
decided. What is waived is a finding, by its code and pointer, or a question, by its rule and place.

The `value` of a difference is `{layer, what, label, ours, theirs, guide: {anchor, rules}}` (see `tasrih.differences`),
a side being null or `{id, at, words, places: [PLACE with text]}`. Where neither is right, ours is changed by any other
change, and what then still differs is a difference anew. A draft is confirmed when nothing is open.

Whatever fails is `{error}`, a sentence that says what to do: 400 for what is no such request, 403 for who may not ask,
404 for no such article, 409 when the file is not the `version` any more (read it again: `api/article`), 422 when the
change cannot be made or the file is broken, 500 for a mistake of the desk's, 503 when a disk or another desk keeps it
from being written. Nothing was written then.
"""

import re
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import NamedTuple

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from tasrih.errors import (
    ArgumentError,
    InvalidError,
    MissingError,
    RefusedError,
    TasrihError,
    UnavailableError,
    mistake,
)
from tasrih.record import Json
from tasrih.register import flaw
from tasrih.resources import corpus_around
from tasrih.review import desk
from tasrih.review.changes import Change
from tasrih.review.desk import Desk
from tasrih.review.folder import StaleError
from tasrih.review.guard import guarded
from tasrih.review.guidelines import guidelines
from tasrih.terminal import clean

_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
_FOLDERS = (files("tasrih.review") / "page", files("tasrih.explorer") / "static")  # looks and letters are shared
_NAME = re.compile(r"[a-z0-9-]{1,40}\.[a-z0-9]{1,5}")
_STATUS: dict[type[TasrihError], int] = {
    StaleError: 409,
    MissingError: 404,
    UnavailableError: 503,
    ArgumentError: 400,
    RefusedError: 422,
    InvalidError: 422,
}
_MOST = 2**20  # bytes of a request


class _Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    key: str = Field(max_length=4096)
    version: str = Field(max_length=64)
    why: str = Field(default="", max_length=2000)


class _Decision(_Asked):
    change: Change


class _Undo(_Asked):
    number: int | None = None


class _Confirm(_Asked):
    collection: str | None = Field(default=None, max_length=120)


class _Question(NamedTuple):
    """What a request says: what is in its address, and its body."""

    address: dict[str, str]
    body: bytes

    @property
    def key(self) -> str:
        return self.address.get("key", "")


def application(at: Desk, token: str) -> ASGIApp:
    """The desk as an ASGI application, below `/<token>/`."""
    routes = [Route(f"/{token}/", _file), Route(f"/{token}/page/{{name}}", _file)]
    for work, method in _WORK.items():
        path = f"/{token}/api/{work.__name__.removeprefix('_')}"
        routes.append(Route(path, partial(_answer, at, work), methods=[method]))
    return guarded(Starlette(routes=routes, exception_handlers={HTTPException: _unknown}))


def _unknown(_request: Request, error: Exception) -> Response:
    """Nothing is at the address, or it is asked in another way."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    told = "This is asked in another way." if status == 405 else "There is no such page."
    return _told({"error": told}, status)


def _told(value: Json, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, None, "application/json")


async def _file(request: Request) -> Response:
    """A file of the page."""
    name = request.path_params.get("name", "index.html")
    kind = _TYPES.get(name[name.rfind(".") :])
    places = [folder / name for folder in _FOLDERS] if kind and _NAME.fullmatch(name) else []
    file = next((place for place in places if place.is_file()), None)
    return Response(file.read_bytes(), 200, None, kind) if file else _told({"error": "There is no such page."}, 404)


async def _answer(at: Desk, work: Callable[[Desk, _Question], Json], request: Request) -> Response:
    body = b""
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > _MOST:
                return _told({"error": "This is too much for one change."}, 413)
    except ClientDisconnect:  # a window that was closed while it sent
        return _told({"error": "The request was broken off."}, 400)
    try:
        done = partial(_worked, at, work, _Question(dict(request.query_params), body))
        return _told(await run_in_threadpool(done))
    except TasrihError as error:
        return _told({"error": clean(str(error))}, _status(error))


def _worked(at: Desk, work: Callable[[Desk, _Question], Json], question: _Question) -> Json:
    """What some work comes to. Raises TasrihError for all that keeps it from being done."""
    try:
        return work(at, question)
    except ValidationError as error:
        raise ArgumentError(f"This is no request of the desk's: {flaw(error)}.") from error
    except TasrihError:
        raise
    except Exception as error:
        raise mistake("desk", "done", error) from error


def _status(error: TasrihError) -> int:
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)


def _articles(at: Desk, question: _Question) -> Json:
    numbers = {name: question.address.get(name, "")[:9] for name in ("start", "count")}
    return desk.listing(at, **{name: int(number) for name, number in numbers.items() if number.isdecimal()})


def _article(at: Desk, question: _Question) -> Json:
    return desk.article(at, question.key)


def _log(at: Desk, question: _Question) -> Json:
    return desk.decisions(at, question.key)


def _guidelines(at: Desk, _: _Question) -> Json:
    return guidelines(at.corpus or corpus_around(at.folder))


def _change(at: Desk, question: _Question) -> Json:
    asked = _Decision.model_validate_json(question.body)
    return desk.decide(at, asked.key, asked.version, asked.change, asked.why)


def _undo(at: Desk, question: _Question) -> Json:
    asked = _Undo.model_validate_json(question.body)
    return desk.undo(at, asked.key, asked.version, asked.number, asked.why)


def _confirm(at: Desk, question: _Question) -> Json:
    asked = _Confirm.model_validate_json(question.body)
    return desk.confirm(at, asked.key, asked.version, asked.collection)


_WORK: dict[Callable[[Desk, _Question], Json], str] = {
    _articles: "GET",
    _article: "GET",
    _log: "GET",
    _guidelines: "GET",
    _change: "POST",
    _undo: "POST",
    _confirm: "POST",
}
