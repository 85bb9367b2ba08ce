"""From a draft that was read to a record of the corpus."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, get_args

import orjson
from pydantic import TypeAdapter, ValidationError

from tasrih import arguments
from tasrih.errors import ArgumentError, InvalidError, RefusedError, UnavailableError, WithheldError
from tasrih.files import replace as put_anew
from tasrih.files import writer
from tasrih.reading import Document
from tasrih.record import Annotator, Article, Json, Slug, to_json
from tasrih.resources import corpus_around
from tasrih.settings import settings
from tasrih.spans import found, ways
from tasrih.standoff.models import is_standoff
from tasrih.validation.findings import Finding, Report, path_of
from tasrih.validation.locate import lines_and_columns, locate
from tasrih.validation.roads import check

DRAFTS = "drafts"
_COMPOSED, _PUBLISHED = "composed", "news"
_DRAFTED = list(ways(lambda model: "provenance" in model.model_fields))  # whatever a drafting rule can have made


class Confirmed(NamedTuple):
    """A draft as a record: the file of the draft, that of the record, its bytes, and what is wrong with them.

    The report names places in the draft.
    """

    draft: Path
    file: Path
    data: bytes
    report: Report


def confirmed(
    draft: Path, reader: Annotator | None = None, *, collection: str | None = None, corpus: Path | None = None
) -> Confirmed:
    """The record that a draft becomes once it was read: nothing in it is drafted any longer. Writes nothing.

    The reader is added to the annotators, behind the rule that drafted. Without a collection the draft's own is meant,
    or else `composed` or `news`, by its origin; without a corpus the one that the draft is in, or that the settings
    of the repository name. Raises TasrihError when the draft cannot be read or was confirmed before, and when nobody
    is said to have read it.
    """
    data = _read(draft)
    flaws = [finding for finding in check(str(draft), data) if finding.code[0] == "S"]
    if flaws:
        return Confirmed(draft, draft, data, Report(flaws, records=1))
    record: Json = orjson.loads(data)
    if is_standoff(record):
        raise WithheldError(draft)
    drafted = [item for way in _DRAFTED for _, item in found(record, way) if item.pop("provenance", None)]
    annotation = record["metadata"]["annotation"]
    if annotation["status"] == "reviewed" and not drafted:
        raise InvalidError("is no draft: its status is reviewed, and nothing in it was drafted.", path=draft)
    annotation |= {"status": "reviewed", "annotators": annotators(draft, annotation["annotators"], reader)}
    record["metadata"]["collection"] = _collection(record["metadata"], collection)
    made = to_json(Article.model_validate_json(orjson.dumps(record)))
    home = _home(draft, corpus)
    file = home / "articles" / record["metadata"]["collection"] / f"{record['id']}.json"
    findings = _in_draft(draft, data, check(str(file), made, within=home).findings)
    return Confirmed(draft, file, made, Report(findings, records=1))


def annotator(name: str, kind: str) -> Annotator:
    """An annotator. Raises TasrihError for a name that is no pseudonym of a record, or a kind that there is not."""
    arguments.one_of("no such kind of annotator", kind, get_args(Annotator.model_fields["kind"].annotation))
    try:
        return Annotator.model_validate({"id": name, "kind": kind})
    except ValidationError as error:
        raise ArgumentError(f"{name[:80]}: not a pseudonym. Write it as lower-case Latin words: reader-1.") from error


def move(made: Confirmed, *, force: bool = False) -> None:
    """Writes a confirmed record where it belongs, and then removes its draft.

    Raises TasrihError when something else is there (unless `force` says to overwrite it), when another collection has
    a record of that id, and when a file cannot be written or removed.
    """
    alike = [file for file in sorted(made.file.parents[1].rglob(made.file.name)) if file != made.file]
    if others := [file for file in alike if not _is_same(file, made.draft)]:
        raise RefusedError(f"not moved: {others[0]} has the same id. Give one of them another.", path=made.draft)
    try:
        if _is_same(made.file, made.draft):
            put_anew(made.draft, made.data)
            return
        if made.file.is_file() and made.file.read_bytes() == made.data:  # somebody was killed before the draft was gone
            made.draft.unlink()
            return
        if made.file.exists() and not force:
            raise RefusedError(
                "is there already. Give the draft another id, or overwrite it with --force.", path=made.file
            )
        writer(str(made.file.parent), several=True, force=force)(made.file.name, made.data)
        made.draft.unlink()
    except OSError as error:
        raise UnavailableError(f"cannot be written or removed ({error.strerror}).", path=error.filename) from error


def _read(draft: Path) -> bytes:
    if draft.suffix != ".json":
        raise ArgumentError("a draft is a file that ends with .json: `tasrih draft --out` writes it.", path=draft)
    return Document(str(draft)).told()


def annotators(draft: Path, known: list[Json], reader: Annotator | None) -> list[Json]:
    """Everybody who annotated, in order: the rule first, then those who read what it made.

    Raises TasrihError when nobody is said to have read it, and when the reader is of another kind in it.
    """
    added = reader.model_dump() if reader else None
    if added is None and all(annotator["kind"] == "rule" for annotator in known):
        raise ArgumentError("nobody is said to have read it. Name the reader: --annotator reader-1.", path=draft)
    if added is None or added in known:
        return known
    if any(annotator["id"] == added["id"] for annotator in known):
        raise ArgumentError(
            f"{added['id']} is of another kind in it. Say which with --kind, or mend the draft.", path=draft
        )
    return [*known, added]


def _collection(metadata: Json, wanted: str | None) -> str:
    if wanted is None:
        own: str = metadata["collection"]
        return own if own != DRAFTS else _COMPOSED if metadata["origin"] == "composed" else _PUBLISHED
    try:
        found = TypeAdapter[str](Slug).validate_python(wanted)
    except ValidationError as error:
        raise ArgumentError(f"{wanted[:80]}: no name of a collection. Write lower-case Latin words: news.") from error
    if found == DRAFTS:
        raise ArgumentError("drafts: what was read leaves this collection. Name another: --collection news.")
    return found


def _home(draft: Path, given: Path | None) -> Path:
    """The folder of the corpus that the record belongs to."""
    if given:
        return corpus_around(given) or given
    if inside := corpus_around(draft):
        return inside
    settled = settings(Path.cwd())
    for path in filter(None, (settled.corpus, *settled.paths)):
        if found := corpus_around(path):
            return found
    raise ArgumentError("in no corpus, and no settings name one. Say which it goes to: --corpus corpus.", path=draft)


def _in_draft(draft: Path, data: bytes, findings: list[Finding]) -> list[Finding]:
    """Findings at the places where the reader has to look: a draft and its record have the same pointers."""
    text = data.decode() if findings else ""
    places = lines_and_columns(text, locate(text, [path_of(finding.pointer) for finding in findings]))
    return [
        replace(finding, file=str(draft), line=line, column=column)
        for finding, (line, column) in zip(findings, places, strict=True)
    ]


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
