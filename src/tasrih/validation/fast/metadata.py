"""M: the article as a publication, its source, and its annotation."""

import hashlib
from collections.abc import Sequence
from pathlib import PurePath

import numpy as np
import pyarrow.compute as pc

from tasrih.columnar import Flags, child, constant, flags, items, says, strings, take
from tasrih.guidelines import UNDECIDED, VERSIONS
from tasrih.record import Json
from tasrih.validation.fast.columns import Columns, codes, repeated
from tasrih.validation.fast.doubts import vouches
from tasrih.validation.rules.metadata import is_spdx

_BLANK = (b"", "\xa0".encode())


@vouches("M101", "M102")
def place(columns: Columns) -> Flags:
    """Records with a file of their own are called as it is, in the folder of their collection."""
    files = columns.files or [None] * columns.size
    told = (columns.batch.column("id"), child(columns.metadata, "collection"))
    kept = zip(files, *(column.to_pylist() for column in told), strict=True)
    return np.fromiter((file is not None and not _is_its(file, *given) for file, *given in kept), np.bool_)


def _is_its(path: str, name: str, collection: str) -> bool:
    if path.endswith(f"/{collection}/{name}.json"):
        return True
    file = PurePath(path)
    return file.stem == name and (file.parent.name == collection or file.parent.parent.name != "articles")


@vouches("M103", "M104", "M119")
def day(columns: Columns) -> Flags:
    """The day of publication is known, not in the future, and that of the id if there is one."""
    published, ids = child(columns.metadata, "published"), columns.batch.column("id")
    past = flags(pc.less_equal(published, constant(columns.around.today.isoformat())))
    same = flags(pc.equal(pc.utf8_slice_codeunits(ids, 0, 10), published))
    undated = ~flags(pc.ascii_is_decimal(pc.utf8_slice_codeunits(ids, 0, 4)))
    odd: Flags = ~(past & (same | undated))
    return odd


@vouches("M105", "M118")
def origin(columns: Columns) -> Flags:
    """Composed articles are in their collection, and published ones outside, with a source."""
    apart = says(child(columns.metadata, "collection"), "composed")
    return (columns.composed != apart) | ~(columns.composed | flags(child(columns.metadata, "source").is_valid()))


@vouches("M106", "M107", "M108", "M109", "M110")
def source(columns: Columns) -> Flags:
    """Sources are plain texts as received, whose lines are the paragraphs and the furniture, one after another."""
    sources = child(columns.metadata, "source")
    sourced = flags(sources.is_valid())
    odd = sourced & columns.strange
    rows = np.flatnonzero(sourced & ~odd)
    given = (take(child(sources, field), rows).to_pylist() for field in ("path", "sha256", "furniture"))
    kept = zip(rows.tolist(), *given, strict=True)
    odd[rows] = np.fromiter((not _is_its_source(columns, *source) for source in kept), np.bool_)
    return odd


def _is_its_source(columns: Columns, row: int, path: str, digest: str, furniture: list[Json] | None) -> bool:
    raw = columns.around.source(path)
    if columns.masked[row]:
        return raw is None or hashlib.sha256(raw).hexdigest() == digest
    if raw is None or not path.endswith(".txt") or hashlib.sha256(raw).hexdigest() != digest:
        return False
    start, end = columns.layout.range_of("paragraphs", row)
    return _said(raw, furniture or ()) == columns.written[start:end]


def _said(raw: bytes, furniture: Sequence[Json]) -> list[bytes]:
    """The lines of a text but blank ones and furniture; those that rules would read in another way stay as they are.

    Where a text is cut, and its bytes are not, no paragraph of ordinary letters fits, but furniture is counted anew.
    """
    lines = [line.strip() for line in raw.splitlines()]
    if furniture and len(lines) != len(raw.decode(errors="replace").splitlines()):
        return []
    for line in furniture:
        number, words = line["line"], line["text"].encode()
        if lines[number - 1 : number] != [words]:
            return []
        lines[number - 1] = b""
    return [line for line in lines if line not in _BLANK]


@vouches("M111", "M112", "M113", "M114", "M122")
def annotation(columns: Columns) -> Flags:
    """Reviewed records name an annotator and have nothing of a draft, drafts are apart, and guidelines are known."""
    given = child(columns.metadata, "annotation")
    reviewed = says(child(given, "status"), "reviewed")
    kept = says(child(columns.metadata, "collection"), "drafts")
    known = flags(pc.is_in(child(given, "guidelines"), value_set=strings(VERSIONS)))
    annotators, rows = items(child(given, "annotators"))
    nobody = ~columns.rows(rows)
    twice = columns.rows(repeated(rows, codes(child(annotators, "id"))))
    drafted = _drafted(columns) | _undecided(columns)
    return twice | ~known | (reviewed & (nobody | drafted)) | ~(reviewed | kept)


def _drafted(columns: Columns) -> Flags:
    """Whether an item has a provenance."""
    groups = (columns.quotes, columns.terms, columns.mentions)
    return columns.rows(*(owner[flags(child(values, "provenance").is_valid())] for values, owner in groups))


def _undecided(columns: Columns) -> Flags:
    """Whether a waiver is a question that a draft left open."""
    waivers, rows = items(columns.batch.column("waivers"))
    return columns.rows(rows[flags(pc.starts_with(child(waivers, "reason"), UNDECIDED))])


@vouches("M115", "M123", "M124", "M125")
def licence(columns: Columns) -> Flags:
    """Licences are SPDX expressions, and named where a text may be passed on; so may what is composed or licensed."""
    rights = child(columns.metadata, "rights")
    named, permitted = child(rights, "license"), says(child(rights, "redistribution"), "permitted")
    known = [licence for licence in pc.unique(named.drop_null()).to_pylist() if is_spdx(licence)]
    given = flags(named.is_valid())
    unknown = given & ~flags(pc.is_in(named, value_set=strings(known)))
    return unknown | (permitted & ~given) | (~permitted & (columns.composed | given))


@vouches("M116", "M117", "M128")
def parts(columns: Columns) -> Flags:
    """There is one headline, and a body behind it."""
    role, owner = child(columns.layout.paragraphs.values, "role"), columns.layout.paragraphs.owner
    heads, bodies = (np.flatnonzero(says(role, kind)) for kind in ("headline", "body"))
    one = np.bincount(owner[heads], minlength=columns.size) == 1
    first = np.full(columns.size, len(owner))
    np.minimum.at(first, owner[bodies], bodies)
    return ~one | ~columns.rows(owner[bodies]) | columns.rows(owner[heads[heads > first[owner[heads]]]])


@vouches("M126")
def phenomena(columns: Columns) -> Flags:
    """No phenomena are listed."""
    return flags(child(columns.metadata, "phenomena").is_valid())


@vouches("M131")
def locators(columns: Columns) -> Flags:
    """No source has a locator."""
    return flags(child(columns.metadata, "source", "locator").is_valid())


@vouches("M132")
def version(columns: Columns) -> Flags:
    """What says more than schema 1.0 can is of schema 1.1."""
    repeats, kind = child(columns.layout.paragraphs.values, "repeats"), child(columns.quotes.values, "type")
    newer = columns.has_others | says(kind, "unmarked")
    rows = columns.rows(columns.layout.paragraphs.owner[flags(repeats.is_valid())], columns.quotes.owner[newer])
    return rows & says(columns.batch.column("schema_version"), "1.0")


@vouches("M127")
def bylines(columns: Columns) -> Flags:
    """No language and no author is listed twice, nor the text's own language."""
    authors, editions = (items(child(columns.metadata, field)) for field in ("authors", "editions"))
    twice = (repeated(owner, codes(values)) for values, owner in (authors, editions))
    own = flags(pc.equal(editions.values, take(child(columns.metadata, "language"), editions.owner)))
    return columns.rows(*twice, editions.owner[own])
