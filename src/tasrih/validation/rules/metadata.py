"""M: the article as a publication, its source, and how far its annotation has come."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import accumulate

from tasrih import sources
from tasrih.guidelines import UNDECIDED, VERSIONS
from tasrih.record import Json, Path, newer
from tasrih.resources import corpus_folder
from tasrih.validation.differences import difference, difference_in, nearest
from tasrih.validation.findings import Fix, Problem, pointer, shown
from tasrih.validation.index import Index, again
from tasrih.validation.registry import WAIVERS, Problems, rule

_SEARCHED = 2**29  # letters of a text in which words are looked for that are not where they should be
_TRIED = 2**20  # lines at which paragraphs of several lines may begin
_COMPARED = 20  # paragraphs, and lines, that are held letter by letter against the most similar of the other side
_LOOKED_THROUGH = 2000  # spans; predicates hold some of them against all others
_COMMONS = ("CC-", "CC0-")
_CONFIRM = "once it was read, `tasrih confirm` makes a record of the draft"
_DECIDE = "decide it: remove the waiver, or give it a reason of your own"


@rule("M101", wordless=True)
def id_unlike_file(index: Index) -> Problems:
    """The record's id is not the name of its file.

    A record `<id>` is stored as `<id>.json`. Rename the file, or set the id right.
    """
    if index.file and index.file.stem != index.record["id"]:
        yield Problem(("id",), f"the file is named {shown(index.file.name)}")


@rule("M102", wordless=True)
def collection_unlike_folder(index: Index) -> Problems:
    """The collection is not the folder the record is in.

    Records of a collection are stored in `articles/<collection>/`.
    """
    file, collection = index.file, index.metadata["collection"]
    if file and file.parent.parent.name == "articles" and file.parent.name != collection:
        suggestion = _CONFIRM if collection == "drafts" else f"move it to {collection}"
        yield Problem(("metadata", "collection"), f"the folder is {shown(file.parent.name)}", suggestion)


@rule("M103", wordless=True)
def future_date(index: Index) -> Problems:
    """The day of publication is in the future.

    Look at the year, and whether day and month changed places.
    """
    published = index.metadata["published"]
    if published and date.fromisoformat(published) > index.surroundings.today:
        yield Problem(("metadata", "published"), published)


@rule("M104", "warning", wordless=True)
def unknown_date(index: Index) -> Problems:
    """The day of publication is not known.

    Relative dates in the text cannot be resolved without it. Look in the source, or at the page it came from.
    """
    if index.metadata["published"] is None:
        yield Problem(("metadata", "published"))


@rule("M105", wordless=True)
def no_source(index: Index) -> Problems:
    """A published article has no source.

    Store the text as received in `sources/` and name it in `metadata.source`, so that the record can be checked
    against it.
    """
    if index.metadata["origin"] == "published" and index.metadata["source"] is None:
        yield Problem(("metadata", "source"))


@rule("M106")
def source_missing(index: Index) -> Problems:
    """The source file is not in the corpus.

    `path` leads from the corpus folder to the text as received. Add the file, or set the path right.
    """
    if index.metadata["source"] and index.raw is None:
        yield Problem(("metadata", "source", "path"), shown(index.metadata["source"]["path"]), _home_of_source(index))


def _home_of_source(index: Index) -> str:
    """Where the source of a record that lies in no corpus was looked for; nothing of one that lies in its own."""
    folder = index.surroundings.folder.absolute()
    if index.file and index.file.absolute().is_relative_to(folder):
        return ""
    if folder == corpus_folder().absolute():  # what records are held against where no corpus was named
        return "name the corpus folder that has it: --corpus"
    return "put it into the corpus folder that was named, or name another"


@rule("M107", wordless=True)
def source_changed(index: Index) -> Problems:
    """The source file is not the one the record was made from.

    Its SHA-256 differs. A source is never edited: put back the text as received.
    """
    raw = index.raw
    if raw is not None and hashlib.sha256(raw).hexdigest() != index.metadata["source"]["sha256"]:
        yield Problem(("metadata", "source", "sha256"), f"the file's is {hashlib.sha256(raw).hexdigest()}")


@rule("M108")
def not_in_source(index: Index) -> Problems:
    """A paragraph is not in the source.

    Text is never corrected (guidelines 1.1): take it from the source as it stands there, slips included. A
    paragraph is one or more whole lines of a plain text. White space, invisible characters, shapes of letters (T104)
    and the Unicode form do not count.
    """
    if index.raw is not None:
        wanted = [sources.clean(paragraph["text"]) for paragraph in index.paragraphs]
        found = _in_plain(index.raw, wanted) if _is_plain(index) else _in_page(index.raw, wanted)
        told = 0
        for number, (paragraph, is_there) in enumerate(zip(index.paragraphs, found, strict=False)):
            if is_there is None:
                left = len(wanted) - number
                yield Problem(("paragraphs",), f"the last {left} were not looked for: too many are not in it")
                return
            if not is_there:
                told += 1
                remedy = _unlike_source(index, wanted[number]) if told <= _COMPARED else ""
                yield Problem(("paragraphs", number, "text"), shown(paragraph["text"]), remedy)


def _unlike_source(index: Index, words: str) -> str:
    """In which letter some words differ from the source, where they are mostly alike."""
    raw = index.raw or b""
    if not _is_plain(index):
        return _compared(difference_in(words.replace(" ", ""), sources.of_page(raw)), "white space apart, ")
    line = nearest(words, _lines(raw))
    return _compared(difference(words, line), f"the source has {shown(line)}: ")


def _compared(differs: str, before: str) -> str:
    return f"{before}{differs}" if differs else ""


def _in_page(raw: bytes, wanted: Iterable[str]) -> Iterator[bool | None]:
    """Whether a page holds these words, wherever it breaks them; None in the end when they take too long to find."""
    return _in_turn(sources.of_page(raw), (words.replace(" ", "") for words in wanted))


def _in_turn(text: str, wanted: Iterable[str]) -> Iterator[bool | None]:
    """Whether a text holds these words, looked for where the last were found and on, and then from its beginning.

    Ends with None when that has gone through too much of the text.
    """
    place = searched = 0
    for words in wanted:
        found = text.find(words, place)
        searched += (found if found >= 0 else len(text)) - place
        if found < 0 and place:
            found = text.find(words, 0, place + len(words))
            searched += place
        place = found + len(words) if found >= 0 else place
        yield found >= 0
        if searched > _SEARCHED:
            yield None


def _in_plain(raw: bytes, wanted: Iterable[str]) -> Iterator[bool | None]:
    """Whether these words are whole lines of a text, line breaks counting as spaces.

    Ends with None when too many places were tried.
    """
    lines = [line for line in _lines(raw) if line]
    whole, unwrapped = set(lines), " ".join(lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    ends = {start - 1 for start in starts[1:]}
    begun: dict[str, list[int]] = {}
    for start, line in zip(starts, lines, strict=False):
        begun.setdefault(line.partition(" ")[0], []).append(start)
    tried = 0
    for words in wanted:
        places = [] if words in whole else begun.get(words.partition(" ")[0], [])
        tried += len(places) * (1 + len(words) // 1000)
        places = [place for place in places if place + len(words) in ends]
        yield not words or words in whole or any(unwrapped.startswith(words, place) for place in places)
        if tried > _TRIED:
            yield None


@rule("M109")
def source_line_lost(index: Index) -> Problems:
    """A line of the source is nowhere in the record.

    Nothing is thrown away (guidelines 1.3): make it a paragraph, or list it in `source.furniture`. White space,
    invisible characters, shapes of letters (T104) and the Unicode form do not count.
    """
    if index.raw is not None and _is_plain(index):
        texts = [sources.clean(paragraph["text"]) for paragraph in index.paragraphs]
        paragraphs = "\n".join(texts)
        furniture = {line["line"]: sources.clean(line["text"]) for line in _furniture(index)}
        lines = [(number, line) for number, line in enumerate(_lines(index.raw), 1) if furniture.get(number) != line]
        told = 0
        for (number, line), is_there in zip(lines, _in_turn(paragraphs, (line for _, line in lines)), strict=False):
            if is_there is None:
                why = "too many are in no paragraph"
                yield Problem(("metadata", "source"), f"line {number} and those after it were not looked for: {why}")
                return
            if not is_there:
                told += 1
                close = nearest(line, texts) if told <= _COMPARED else ""
                remedy = _compared(difference(close, line), f"the record has {shown(close)}: ") if close else ""
                yield Problem(("metadata", "source"), f"line {number}: {shown(line)}", remedy)


@rule("M110")
def furniture_not_in_source(index: Index) -> Problems:
    """A line of `source.furniture` is not that line of the source.

    `line` counts from 1, blank lines too; `text` is the line without the white space around it. Of a web page, whose
    lines hold its tags, only the author of the record can tell.
    """
    if index.raw is not None and _is_plain(index):
        lines = _lines(index.raw)
        for number, line in enumerate(_furniture(index)):
            if line["line"] > len(lines) or lines[line["line"] - 1] != sources.clean(line["text"]):
                at = ("metadata", "source", "furniture", number)
                yield Problem(at, f"line {line['line']}: {shown(line['text'])}")


def _furniture(index: Index) -> list[Json]:
    lines: list[Json] = index.metadata["source"].get("furniture", [])
    return lines


@rule("M111", wordless=True)
def unreviewed(index: Index) -> Problems:
    """The annotation is a draft outside the collection `drafts`.

    Read the record against the guidelines, then set `status` to reviewed.
    """
    if index.metadata["annotation"]["status"] == "draft" and index.metadata["collection"] != "drafts":
        yield Problem(("metadata", "annotation", "status"), suggestion=_CONFIRM)


@rule("M112", wordless=True)
def drafted_item(index: Index) -> Problems:
    """A reviewed record still has items that a program drafted.

    Confirm the item and remove its `provenance`, or delete it. A question that the draft left open is decided: its
    waiver is removed, or gets a reason of the reader's own.
    """
    if index.metadata["annotation"]["status"] == "reviewed":
        yield from (Problem(at, suggestion=_DECIDE if at[0] == "waivers" else _CONFIRM) for at in _drafted(index))


def _drafted(index: Index) -> Iterator[Path]:
    """Where a draft's items and open questions are."""
    for kind in ("quotes", "terms"):
        yield from ((*at, "provenance") for at, item in index.numbered(kind) if item.get("provenance"))
    yield from ((*located.at, "provenance") for located in index.mentions if located.span.get("provenance"))
    for number, waiver in enumerate(index.record.get("waivers", [])):
        if waiver["reason"].startswith(UNDECIDED):
            yield "waivers", number, "reason"


@rule("M113", wordless=True)
def no_annotator(index: Index) -> Problems:
    """A reviewed record names no annotator.

    `annotators` lists everybody who read the article, and of which kind they are.
    """
    annotation = index.metadata["annotation"]
    if annotation["status"] == "reviewed" and not annotation["annotators"]:
        yield Problem(("metadata", "annotation", "annotators"))


@rule("M114", wordless=True)
def unknown_guidelines(index: Index) -> Problems:
    """The version of the guidelines does not exist.

    `guidelines` names the version at the head of GUIDELINES.md that was followed.
    """
    version = index.metadata["annotation"]["guidelines"]
    if version not in VERSIONS:
        yield Problem(("metadata", "annotation", "guidelines"), shown(version), f"known: {', '.join(VERSIONS)}")


@rule("M115", wordless=True)
def licence_missing(index: Index) -> Problems:
    """The text may be redistributed, it is said, but no licence is named.

    Name the licence that permits it (an SPDX identifier), or set `redistribution` to unknown.
    """
    rights = index.metadata["rights"]
    if rights["redistribution"] == "permitted" and rights["license"] is None:
        yield Problem(("metadata", "rights", "license"))


@rule("M116", "warning", wordless=True)
def headlines(index: Index) -> Problems:
    """The article has no headline, or more than one.

    The first line of the text proper is the headline; lines between the parts are subheadings.
    """
    count = sum(paragraph["role"] == "headline" for paragraph in index.paragraphs)
    if count != 1:
        yield Problem(("paragraphs",), f"{count} headlines")


@rule("M117", "warning", wordless=True)
def no_body(index: Index) -> Problems:
    """The article has no body.

    At least one paragraph is of the role body.
    """
    if not any(paragraph["role"] == "body" for paragraph in index.paragraphs):
        yield Problem(("paragraphs",))


@rule("M118", wordless=True)
def composed_apart(index: Index) -> Problems:
    """A composed article is outside the collection `composed`, or a published one inside.

    What was written for the corpus is kept apart from what appeared in the press.
    """
    if (index.metadata["origin"] == "composed") != (index.metadata["collection"] == "composed"):
        yield Problem(("metadata", "origin"), f"{index.metadata['origin']} in {index.metadata['collection']}")


@rule("M119", wordless=True)
def id_unlike_date(index: Index) -> Problems:
    """The date in the record's id is not the day of publication.

    An id begins with the day of publication, as far as it is known: `2021-10-13-…`.
    """
    published, begins = index.metadata["published"], index.record["id"][:10]
    if published and begins[:4].isdecimal() and begins[4:5] == "-" and begins != published:
        yield Problem(("id",), f"{begins} in the id, {published} in the metadata")


@rule("M120", "warning", wordless=True)
def misnumbered(index: Index) -> Problems:
    """Ids do not count from 1.

    Paragraphs, quotes, terms and entities are numbered as they are listed, p1, p2, p3, so that an id tells where
    to look.
    """
    for kind in ("paragraphs", "quotes", "terms", "entities"):
        ids = [item["id"] for item in index.record[kind]]
        wrong = next((number for number, given in enumerate(ids, 1) if given != f"{kind[0]}{number}"), None)
        if wrong and len(set(ids)) == len(ids):
            yield Problem((kind, wrong - 1, "id"), ids[wrong - 1], f'"{kind[0]}{wrong}"')


@WAIVERS.rule("M121", "warning")
def unused_waiver(index: Index, found: set[tuple[str, str]]) -> Problems:
    """A waiver waives nothing.

    The finding it acknowledged is gone, or its rule or place is misspelt. Remove it, or set it right. Whether a
    waiver of a rule about several records (C) is used, one record cannot tell.
    """
    waivers = index.record.get("waivers", [])
    used = [waiver["rule"][0] == "C" or (waiver["rule"], waiver["at"]) in found for waiver in waivers]
    rest = Fix(("waivers",), [waiver for waiver, is_used in zip(waivers, used, strict=True) if is_used])
    for number, waiver in enumerate(waivers):
        if not used[number]:
            fix = rest if number == used.index(False) else None
            yield Problem(("waivers", number), f"{waiver['rule']} is not found at {shown(waiver['at'])}", fix=fix)


@rule("M122", wordless=True)
def annotator_twice(index: Index) -> Problems:
    """An annotator is listed twice.

    `annotators` names everybody once, and of one kind. Two readers have two pseudonyms.
    """
    for number, twice in again(one["id"] for one in index.metadata["annotation"]["annotators"]):
        yield Problem(("metadata", "annotation", "annotators", number), twice)


@rule("M123", wordless=True)
def unknown_licence(index: Index) -> Problems:
    """The licence is no SPDX expression.

    `license` is an identifier of the SPDX list (https://spdx.org/licenses), several joined by AND, OR and WITH, or
    `LicenseRef-` and a name of your own for a licence that the list does not have. Who grants it is the `holder`.
    """
    licence = index.metadata["rights"]["license"]
    if licence is not None and not is_spdx(licence):
        close = "-".join(licence.split())
        remedy = f"did you mean {close}?" if is_spdx(close) else ""
        yield Problem(("metadata", "rights", "license"), shown(licence), remedy)


@lru_cache(maxsize=1 << 10)
def is_spdx(licence: str) -> bool:
    """Whether a licence is an SPDX expression."""
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        return bool(canonicalize_license_expression(licence))
    except InvalidLicenseExpression:
        return False


@rule("M124", "warning", wordless=True)
def composed_withheld(index: Index) -> Problems:
    """A composed article may not be passed on, or it is not known whether it may.

    Nobody but the corpus has rights in what was composed for it. Name the licence that the corpus gives its own texts,
    and set `redistribution` to permitted.
    """
    redistribution = index.metadata["rights"]["redistribution"]
    if index.metadata["origin"] == "composed" and redistribution != "permitted":
        yield Problem(("metadata", "rights", "redistribution"), redistribution)


@rule("M125", "warning", wordless=True)
def permitted_by_licence(index: Index) -> Problems:
    """The licence of a published text permits what the record does not.

    Every Creative Commons licence lets a text be passed on as it is. Set `redistribution` to permitted; when the
    licence is not that of the text, set `license` to null.
    """
    rights = index.metadata["rights"]
    is_open = (rights["license"] or "").startswith(_COMMONS) and is_spdx(rights["license"])
    if is_open and index.metadata["origin"] == "published" and rights["redistribution"] != "permitted":
        told = f"{rights['redistribution']}, under {shown(rights['license'])}"
        yield Problem(("metadata", "rights", "redistribution"), told)


@rule("M126", "warning")
def phenomena_unlike_record(index: Index) -> Problems:
    """The phenomena are not those that the record holds.

    A record that lists `phenomena` lists all that a program can tell, and of those that only a reader can tell none
    that cannot be (PHENOMENA.md); an empty list in a draft says nothing yet. Phenomena of your own are left alone, and
    so are records of more than 2,000 spans.
    """
    given: list[str] = index.metadata.get("phenomena") or []
    is_drafted = index.metadata["annotation"]["status"] == "draft"
    told = given or ("phenomena" in index.metadata and not is_drafted)
    if told and len(index.spans) <= _LOOKED_THROUGH and _is_connected(index):
        right = index.phenomena.record
        missing = [f"{slug} is missing" for slug in right if slug not in given]
        wrong = [f"{slug} is not in it" for slug in given if slug not in right]
        twice = [f"{slug} is listed twice" for slug in right if given.count(slug) > 1]
        if missing or wrong or twice:
            at = ("metadata", "phenomena")
            yield Problem(at, ", ".join([*missing, *wrong, *twice]), fix=Fix(at, right))


@rule("M133", "warning")
def phenomena_unlike_quote(index: Index) -> Problems:
    """The phenomena of a quote are not those that it is an item of.

    Once a quote of a record lists `phenomena`, each lists all that a program can tell of it, and of those that only a
    reader can tell none that cannot be (PHENOMENA.md). Phenomena of your own are left alone, and so are records of
    more than 2,000 spans.
    """
    given: list[list[str]] = [quote.get("phenomena") or [] for quote in index.quotes]
    if any(given) and len(index.spans) <= _LOOKED_THROUGH and _is_connected(index):
        for number, (said, right) in enumerate(zip(given, index.phenomena.quotes, strict=True)):
            if said != right:
                at = ("quotes", number, "phenomena")
                yield Problem(at, shown(", ".join(said) or "none"), ", ".join(right) or "none", Fix(at, right))


@rule("M127", "warning", wordless=True)
def listed_twice(index: Index) -> Problems:
    """A language or an author is listed twice, or the text's own language among the others.

    `editions` holds the other languages in which the outlet offers the article, `authors` everybody of the byline once.
    """
    for field, known in (("editions", [index.metadata["language"]]), ("authors", [])):
        for number, twice in again(index.metadata.get(field) or [], *known):
            yield Problem(("metadata", field, number), shown(twice))


@rule("M128", "warning", wordless=True)
def late_headline(index: Index) -> Problems:
    """A headline stands after the body.

    The first line of the text proper is the headline (guidelines 1.4); a line between the parts is a subheading.
    """
    roles = [paragraph["role"] for paragraph in index.paragraphs]
    late = roles.index("body") if "body" in roles else len(roles)
    for number, role in enumerate(roles[late:], late):
        if role == "headline":
            yield Problem(("paragraphs", number, "role"), shown(index.paragraphs[number]["text"]))


@rule("M132", wordless=True)
def newer_than_version(index: Index) -> Problems:
    """A record of schema 1.0 says what only schema 1.1 can.

    Unmarked speech, several who speak or are spoken to (`others`), and paragraphs that are said again (`repeats`) are
    of schema 1.1. Set `schema_version` to 1.1.
    """
    if index.record["schema_version"] == "1.0" and (found := list(newer(index.record))):
        at = ("schema_version",)
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        yield Problem(at, f"{pointer(found[0])}{more}", '"1.1"', Fix(at, "1.1"))


def _is_connected(index: Index) -> bool:
    """Whether every span selects its text and every speaker is an entity, which predicates take for granted."""
    entities = [person["entity"] for _, person in index.participants]
    entities += [term["entity"] for term in index.terms if term.get("entity")]
    spans = (located.span for located in index.spans)
    return index.entity_by_id.keys() >= set(entities) and all(
        index.texts.get(span["paragraph"], "")[span["start"] : span["end"]] == span["text"] for span in spans
    )


def _is_plain(index: Index) -> bool:
    return str(index.metadata["source"]["path"]).endswith(".txt")


def _lines(raw: bytes) -> list[str]:
    return sources.lines(raw.decode(errors="replace"))
