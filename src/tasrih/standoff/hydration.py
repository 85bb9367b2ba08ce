"""Stand-off records put together with their texts again, wherever somebody has them."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import orjson
from pydantic import ValidationError

from tasrih import arguments
from tasrih.corpus import loaded
from tasrih.dataset.hydration import hydrated
from tasrih.encodings import decoded
from tasrih.errors import InvalidError, MissingError, RefusedError, TasrihError, attempted
from tasrih.files import writer
from tasrih.formatting import valid
from tasrih.phenomena import listed
from tasrih.reading import Document, documents
from tasrih.record import Article, Json, to_json
from tasrih.resources import corpus_around
from tasrih.spans import SPANS, located
from tasrih.standoff.alignment import Aligned, aligned
from tasrih.standoff.candidates import Candidate
from tasrih.standoff.clones import Clones
from tasrih.standoff.extractors import extracted
from tasrih.standoff.fetching import Fetched
from tasrih.standoff.filling import filled, full, has_source, read_article, texts_of
from tasrih.standoff.models import MASK, digest, is_standoff, model_of
from tasrih.standoff.withholding import Sources, file_of, refuse_home, register_of_all
from tasrih.terminal import one_line, progress
from tasrih.validation.findings import pointer
from tasrih.validation.index import source_bytes

REPORT = "hydration.tsv"
"""The file that says of every article how it was put together."""
State = Literal["whole", "aligned", "missing"]
Seek = Callable[[Json], Iterator[Candidate]]
Put = Callable[[str, bytes], None]
PutAll = Callable[[Mapping[str, bytes]], None]


class Outcome(NamedTuple):
    """How an article was put together: as it was, with a text that has changed, or not.

    `moved` and `lost` count the spans that now stand elsewhere, and what is not in the text any longer; `cause` says
    why, or where the text was found instead.
    """

    id: str
    state: State
    moved: int = 0
    lost: tuple[str, ...] = ()
    cause: str = ""

    def __str__(self) -> str:
        told = f", without {', '.join(self.lost)}" if self.lost else ""
        spans = f": {self.moved} spans found again{told}" if self.state == "aligned" else ""
        return one_line(f"{self.id}: {self.state}{spans}{f' ({self.cause})' if self.cause else ''}")


class Texts(NamedTuple):
    """Where texts come from: full records by id, a folder with sources as a corpus has them, and files by locator."""

    records: Mapping[str, Article] = {}
    folder: Path | None = None
    seek: Seek | None = None


class Together(NamedTuple):
    """An article that was put together, the text that it was taken from, and how."""

    record: Json
    raw: bytes | None
    outcome: Outcome


class Hydrated(NamedTuple):
    """The folder that was written, and how each article was put together."""

    folder: Path
    outcomes: tuple[Outcome, ...]

    @property
    def ok(self) -> bool:
        """Whether there is an article in it."""
        return any(outcome.state != "missing" for outcome in self.outcomes)

    def __str__(self) -> str:
        counts = Counter(outcome.state for outcome in self.outcomes)
        return ", ".join(f"{counts[state]} {state}" for state in get_args(State) if counts[state])


def hydrate(
    records: str | os.PathLike[str],
    source: str | os.PathLike[str] | None,
    out: str | os.PathLike[str],
    *,
    partial: bool = False,
    force: bool = False,
) -> Path:
    """Writes stand-off records, or a dataset, with their texts to the folder `out`, and returns it.

    `source` holds the texts: repositories as clones, folders or archives, or full records of the same ids. None means
    that the files which the records name are fetched. A text that has changed is aligned, what is missing is left out,
    and `hydration.tsv` in the folder says so of every article. Of a dataset (built with `rights="redistributable"`),
    only the words of full records are taken, each proved by its SHA-256; the annotations stay those of the dataset.
    With `partial`, its articles that are missing or have other words stay without theirs. What is in `out` is
    overwritten only with `force`.

    Raises TasrihError when something is in the way, when there is nothing to put back, and with a list of them when no
    article could be put together, or of a dataset not all, without `partial`.

    >>> withheld = tasrih.withhold("harbour/corpus", "withheld")
    >>> together = tasrih.hydrate(withheld, "harbour/corpus", "together")
    >>> tasrih.load(together)[0].headline
    'بلدية وادي الزيزفون تفتح مكتبة للأطفال'
    """
    if (Path(arguments.path("records", records)) / "manifest.json").is_file():
        return hydrated(records, source, out, partial=partial, force=force).folder
    done = put_together(records, source, out, force=force)
    if not done.ok:
        raise InvalidError("No article could be put together:", *map(str, done.outcomes))
    return done.folder


def put_together(
    records: Sources, source: str | os.PathLike[str] | None, out: str | os.PathLike[str], *, force: bool = False
) -> Hydrated:
    """What `tasrih.hydrate` does with stand-off records, and how each article was put together.

    Raises TasrihError for a path that does not exist, and when there are no records.
    """
    paths = [arguments.path("records", one) for one in arguments.several(records)]
    out = arguments.path("out", out)
    refuse_home(paths, out)
    register = list(register_of_all(paths))
    put = writer(os.fspath(out), several=True, force=force)
    put_all = _all_or_none(put, Path(out))
    with texts_of_hosts() if source is None else texts_in(source) as texts:
        found = progress(list(documents(paths)), "articles")
        outcomes = tuple(_outcome(document, texts, put_all) for document in found)
    done = Hydrated(Path(out), outcomes)
    if done.ok:
        for file in register:
            put(file.name, file.data)
        put(REPORT, _report(outcomes))
    return done


@contextmanager
def texts_in(folder: str | os.PathLike[str]) -> Iterator[Texts]:
    """What a person has: full records, alone or in a corpus, or repositories in any form.

    Raises TasrihError when there is nothing.
    """
    path = Path(arguments.path("--from", folder))
    home = corpus_around(path)
    if not path.exists():
        raise MissingError("does not exist.", path=path)
    here = Path(os.path.abspath(path))  # noqa: PTH100
    is_of_records = path.is_file() and {".json", ".jsonl"} & {*path.suffixes}
    if is_of_records or (home and (here == home or here.is_relative_to(home / "articles"))):
        yield Texts(_full_records([path]), home)
        return
    files = sorted(path.glob("*.json"))
    with Clones(path) as clones:
        yield Texts(_full_records(files) if files and _is_record(files[0]) else {}, path, clones.candidates)


def _full_records(paths: Sequence[Path]) -> dict[str, Article]:
    return {article.id: article.record for article in loaded(paths) if not article.is_withheld}


def _is_record(file: Path) -> bool:
    """Whether a file is a record, and not one of the many JSON files that a repository has."""
    with suppress(TasrihError, ValidationError):
        read_article(Document(os.fspath(file)).told())
        return True
    return False


@contextmanager
def texts_of_hosts() -> Iterator[Texts]:
    """The files that locators lead to, fetched when they are needed."""
    fetched = Fetched()

    def seek(locator: Json) -> Iterator[Candidate]:
        yield from fetched.candidates(locator)
        if fetched.forget(locator):  # whoever asks on could not use it: the cache may be damaged
            yield from fetched.candidates(locator)

    yield Texts(seek=seek)


def _all_or_none(put: Put, folder: Path) -> PutAll:
    """A function that writes the files of an article, its record first, all of them or none.

    One that was written with the same bytes, as a source that articles share, is not written again.
    """
    known: dict[str, bytes] = {}

    def put_all(files: Mapping[str, bytes]) -> None:
        marks = {name: hashlib.sha256(data).digest() for name, data in files.items()}
        for name in marks.keys() & known.keys():
            if marks[name] != known[name]:
                what = "id" if name.startswith("articles/") else "source"
                raise RefusedError(f"{name}: another article given here has the same {what}, and differs from it.")
        new = [name for name in files if name not in known]
        for number, name in enumerate(new):
            try:
                put(name, files[name])
            except TasrihError:
                for other in new[:number]:
                    (folder / other).unlink(missing_ok=True)
                raise
        known.update(marks)

    return put_all


def _outcome(document: Document, texts: Texts, put: PutAll) -> Outcome:
    """Puts an article together and writes it, or says why not."""
    record = attempted(document.place, "read", partial(_read, document))
    if isinstance(record, TasrihError):
        return Outcome(document.place, "missing", cause=_cause(record))
    done = attempted(document.place, "put together", lambda: _written(_together(record, document, texts), put))
    return Outcome(record["id"], "missing", cause=_cause(done)) if isinstance(done, TasrihError) else done


def _cause(error: TasrihError) -> str:
    return one_line(str(error))


def _read(document: Document) -> Json:
    record: Json = valid(model_of(document.told()), document).model_dump(mode="json", exclude_unset=True)
    return record


def _together(record: Json, document: Document, texts: Texts) -> Together:
    """A record put together; one that has its words is taken as it is, with its source."""
    if is_standoff(record):
        return together(record, texts)
    raw = _in_folder(corpus_around(document.file), record)
    return Together(record, raw, Outcome(record["id"], "whole"))


def _in_folder(folder: Path | None, record: Json) -> bytes | None:
    """The source of a record, where a folder has it."""
    source = record["metadata"]["source"]
    return source_bytes(os.path.realpath(folder), source["path"]) if folder and source else None


def _written(made: Together, put: PutAll) -> Outcome:
    files = {file_of(made.record): to_json(Article.model_validate_json(orjson.dumps(made.record)))}
    source = made.record["metadata"]["source"]
    if source and made.raw is not None:
        files[source["path"]] = made.raw
    put(files)
    return made.outcome


def together(record: Json, texts: Texts) -> Together:
    """A stand-off record with its text: as it was, or else aligned with the best that there is.

    Raises TasrihError with the cause when there is none, and for a record that cannot be of any text.
    """
    _refuse_misfits(record)
    known = texts.records.get(record["id"])
    if known:
        return _of_record(record, known, texts)
    others: list[tuple[bytes, str]] = []
    try:
        for candidate in _raws(record, texts):
            whole = filled(record, candidate.data) if has_source(record, candidate.data) else None
            if whole:
                _refuse_lies(record, whole)
                return Together(whole, candidate.data, Outcome(record["id"], "whole", cause=candidate.how))
            others += [] if candidate.guess else [(candidate.data, candidate.how)]
    except TasrihError:
        if not others:
            raise
    if not others:
        raise MissingError("nothing that was found is its text.")
    return _with_changes(record, *others[0])


def _refuse_misfits(record: Json) -> None:
    """Raises InvalidError for a span that is in no paragraph of its record: no text would give it words."""
    lengths = {paragraph["id"]: paragraph["length"] for paragraph in record["paragraphs"]}
    if len(lengths) < len(record["paragraphs"]):
        raise InvalidError("two of its paragraphs have the same id.")
    for name in SPANS:
        for one in located(record, name):
            paragraph, start, end = one.place
            if not start < end <= lengths.get(paragraph, 0):
                raise InvalidError(f"{pointer(one.at)} is from {start} to {end} of {paragraph}, where nothing is.")


def _refuse_lies(record: Json, whole: Json) -> None:
    """Raises InvalidError for a record that tells of its text, proved by hash, what that is not."""
    for kept, paragraph in zip(record["paragraphs"], whole["paragraphs"], strict=True):
        if kept["length"] != len(paragraph["text"]):
            raise InvalidError(f"the length of {kept['id']} is not that of its text.")
    for line in (whole["metadata"]["source"] or {}).get("furniture", ()):
        if line["text"] == MASK:
            raise InvalidError(f"line {line['line']} of its source is said to be furniture, and has no text.")


def _raws(record: Json, texts: Texts) -> Iterator[Candidate]:
    """What may be the source of a record, the likeliest first. Raises TasrihError with the cause when nothing is."""
    source = record["metadata"]["source"]
    if not source:
        raise MissingError("its record names no source, and no full record of it was given.")
    if (raw := _in_folder(texts.folder, record)) is not None:
        yield Candidate(raw, "", guess=False)
    locator = source.get("locator")
    if not texts.seek or not locator:
        missing = "its record does not say where its text is found" if texts.seek else f"{source['path']} is not there"
        raise MissingError(f"{missing}.")
    wrong: InvalidError | None = None
    for candidate in texts.seek(locator):
        try:
            yield candidate._replace(data=extracted(candidate.data, locator).encode())
        except InvalidError as error:
            wrong = wrong or error
    if wrong:
        raise wrong


def _of_record(record: Json, known: Article, texts: Texts) -> Together:
    """A record with the words of a full one of the same id."""
    raw = _in_folder(texts.folder, record)
    paragraphs = [paragraph.text for paragraph in known.paragraphs]
    found = texts_of(record, {digest(text): text for text in paragraphs})
    whole = filled(record, raw) if raw and has_source(record, raw) else None
    if not whole and found:
        lines = {line.line: line.text for line in known.metadata.source.furniture} if known.metadata.source else {}
        whole = full(record, found, lambda number: lines.get(number, MASK))
    if whole:
        _refuse_lies(record, whole)
        return Together(whole, raw, Outcome(record["id"], "whole"))
    return _aligned_with(aligned(record, paragraphs), raw, "the record given has other words")


def _with_changes(record: Json, raw: bytes, how: str) -> Together:
    """A record aligned with a text that is not quite the one it was made of."""
    made = aligned(record, decoded(raw).splitlines())
    what = "around its paragraphs the text has changed" if made.exact else "the text has changed"
    return _aligned_with(made, raw, f"{what}; {how}" if how else what)


def _aligned_with(made: Aligned, raw: bytes | None, cause: str) -> Together:
    """What was aligned, with what it says of its source and its phenomena as these now are."""
    metadata = made.record["metadata"]
    if raw is not None:
        metadata["source"]["sha256"] = hashlib.sha256(raw).hexdigest()
    if metadata.get("phenomena"):
        metadata["phenomena"] = listed(Article.model_validate_json(orjson.dumps(made.record))).record
    return Together(made.record, raw, Outcome(made.record["id"], "aligned", made.moved, made.lost, cause))


def _report(outcomes: Sequence[Outcome]) -> bytes:
    rows = [
        Outcome._fields,
        *((one.id, one.state, str(one.moved), "; ".join(one.lost), one.cause) for one in outcomes),
    ]
    return "".join("\t".join(one_line(cell) for cell in row) + "\n" for row in rows).encode()
