"""Drafts of articles: of one, or of many by several processes, each with a name of its own, whatever happens to one."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import orjson
from pydantic import ValidationError

from tasrih import arguments
from tasrih.arguments import several
from tasrih.drafting.inputs import Part, Raw, parts, raws
from tasrih.drafting.records import record_of
from tasrih.drafting.slugs import DraftName, marked, of_file
from tasrih.engines import Engine, check, scheduled
from tasrih.errors import ArgumentError, InvalidError, TasrihError, attempted, mistake
from tasrih.guidelines import UNDECIDED
from tasrih.instances import without_collecting
from tasrih.record import Article, Json, to_json
from tasrih.register import flaw
from tasrih.validation.findings import pointer
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.registry import RECORD

_BATCH = 8  # parts that a worker is given at a time
_NOWHERE = Surroundings(Path(), {}, date.min)
_QUESTIONS = {
    "E120": "which day this is: the weekday beside it is that of another",
    "Q101": "what this mark is: the other one may be missing, or it is no quotation mark",
    "Q102": "where these words begin and end: one of their marks is missing",
    "T104": "which letters these shapes stand for",
    "T106": "what stood here before it was read in a wrong encoding",
    "T111": "what this character stands for: Unicode gives it no meaning",
}


class Drafted(NamedTuple):
    """A draft record: its id, and its file as it is to be written.

    `place` says where the article was, `source` and `sha256` what the record says of its source, `doubts` what was
    doubtful about its page, and `note` what a person must be told of its name, if anything.
    """

    id: str
    data: bytes
    place: str
    source: str
    sha256: str
    doubts: tuple[str, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.id}.json"


def draft(
    name: str, raw: bytes, *, published: str | None = None, publisher: str | None = None, url: str | None = None
) -> Article:
    """A draft record of a plain text or a web page; `name` is the file's, which gives the id and the source's path.

    `published` is a day (YYYY-MM-DD). A name that a record cannot have becomes a similar one. Raises TasrihError when
    the text is no UTF-8, or holds no Arabic article, and when what is known of it cannot be so.

    >>> text = "قالت وزيرة المرافئ سلمى الحداد: «سنفتح الرصيف الجديد في الصيف المقبل»."
    >>> article = tasrih.draft("quay.txt", text.encode(), published="2024-05-04")
    >>> article.id, article.quotes[0].type, article.quotes[0].cue.text
    ('2024-05-04-quay', 'direct', 'قالت')
    """
    if not isinstance(name, str | os.PathLike):
        raise ArgumentError(f"{arguments.shown(name)}: is not a path. Give the name of the file.")
    if not isinstance(raw, bytes):
        raise ArgumentError(f"{name}: give the bytes of the file, whose SHA-256 the record holds; a str has none.")
    return article(name, of_file(name), raw, published=published, publisher=publisher, url=url)[0]


def article(place: str, naming: DraftName, raw: bytes, **given: str | None) -> tuple[Article, tuple[str, ...]]:
    """The same of an article that is called so, and stands at a place that errors name; and what is doubtful in it."""
    try:
        with without_collecting():
            record, doubts = record_of(naming, raw, given)
            if questions := _open_questions(record):
                record["waivers"] = questions
            return _checked(record), doubts
    except TasrihError as error:
        raise type(error)(f"{place}: {error}") from error


def _open_questions(record: Json) -> list[Json]:
    """What a draft leaves to its reader: findings that no rule of drafting can mend, as waivers that say so."""
    index = Index(record, _NOWHERE)
    return [
        {"rule": code, "at": pointer(problem.at), "reason": f"{UNDECIDED} {question} ({problem.detail})."}
        for code, question in _QUESTIONS.items()
        for problem in RECORD.rules[code].check(index)
    ]


def _checked(record: Json) -> Article:
    try:
        return Article.model_validate_json(orjson.dumps(record))
    except ValidationError as error:
        raise InvalidError(f"the draft is no record: {flaw(error)}.") from error


def drafts(
    paths: str | Iterable[str], *, engine: Engine = "local", jobs: int = 1, **facts: str | None
) -> Iterator[Article | TasrihError]:
    """The draft records of texts, folders, JSON Lines or "-"; an error for what cannot be drafted, and on.

    `jobs` is the number of processes, `facts` what is known of all articles: published, publisher, url.
    """
    for drafted in drafted_files(paths, engine=engine, jobs=jobs, **facts):
        yield drafted if isinstance(drafted, TasrihError) else Article.model_validate_json(drafted.data)


def drafted_files(
    paths: str | Iterable[str], *, engine: Engine = "local", jobs: int = 1, **facts: str | None
) -> Iterator[Drafted | TasrihError]:
    """The same as the bytes of record files, which workers hand over more quickly than objects."""
    check(engine, jobs)
    given = {name: value for name, value in facts.items() if value}
    named = (path if isinstance(path, str) and path else arguments.path("paths", path) for path in several(paths))
    found = list(parts(named))
    batches = [found[start : start + _BATCH] for start in range(0, len(found), _BATCH)]
    told_apart = _teller()
    for batch in scheduled(partial(_drafted, given), batches, jobs, engine):
        for drafted in batch:
            yield drafted if isinstance(drafted, TasrihError) else told_apart(drafted)


def _drafted(given: dict[str, str], batch: list[Part]) -> list[Drafted | TasrihError]:
    return [drafted for part in batch for drafted in _of_part(given, part)]


def _of_part(given: dict[str, str], part: Part) -> Iterator[Drafted | TasrihError]:
    try:
        for raw in raws(part):
            yield raw if isinstance(raw, TasrihError) else attempted(raw.place, "drafted", partial(_of_raw, given, raw))
    except Exception as error:  # noqa: BLE001
        yield mistake(part.slice.file, "drafted", error)


def _of_raw(given: dict[str, str], raw: Raw) -> Drafted:
    record, doubts = article(raw.place, raw.naming, raw.data, **(raw.facts | given))
    source = raw.naming.source
    note = "" if raw.naming.kept else _note(raw.place, record.id, source)
    sha256 = record.metadata.source.sha256 if record.metadata.source else ""
    return Drafted(record.id, to_json(record), raw.place, source, sha256, doubts, note)


def _note(place: str, article_id: str, source: str) -> str:
    return f"{place}: drafted as {article_id}. Its text is expected in the corpus as {source}."


def _teller() -> Callable[[Drafted], Drafted]:
    """A function that gives a draft another id, or its source another path, when an earlier one has it."""
    ids: set[str] = set()
    sources: dict[str, str] = {}  # by paths in lower case: some systems know no other

    def told_apart(drafted: Drafted) -> Drafted:
        mark = drafted.sha256[:8]
        taken = sources.get(drafted.source.lower(), drafted.sha256) != drafted.sha256
        source = marked(drafted.source, mark) if taken else drafted.source
        article_id = next(name for name in _names(drafted.id, mark) if name not in ids)
        ids.add(article_id)
        sources[source.lower()] = drafted.sha256
        is_same = (article_id, source) == (drafted.id, drafted.source)
        return drafted if is_same else _renamed(drafted, article_id, source)

    return told_apart


def _names(article_id: str, mark: str) -> Iterator[str]:
    yield article_id
    yield marked(article_id, mark)
    yield from (marked(article_id, f"{mark}-{number}") for number in count(2))


def _renamed(drafted: Drafted, article_id: str, path: str) -> Drafted:
    record = Article.model_validate_json(drafted.data)
    source = record.metadata.source and record.metadata.source.model_copy(update={"path": path})
    metadata = record.metadata.model_copy(update={"source": source})
    renamed = record.model_copy(update={"id": article_id, "metadata": metadata})
    note = _note(drafted.place, article_id, path)
    return drafted._replace(id=article_id, data=to_json(renamed), source=path, note=note)
