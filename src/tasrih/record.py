"""What an article record is: the models that generate `schema/v1`, and the only place that defines them.

A record is one JSON document (UTF-8). Offsets count Unicode code points in `paragraph.text`, end exclusive.
The models say what the JSON Schema can say (names, types, patterns); whether an offset or an id really points
at something is for the rules in `tasrih.validation`.
"""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from typing_extensions import TypeAliasType

Json = dict[str, Any]
"""A record, or a part of one, as plain data."""
Path = tuple[str | int, ...]
"""Where something is in a record: keys and indexes."""

_YEAR = "[12][0-9]{3}"
_LEAP_DAY = "(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:12|16|20|24|28)00)-02-29"
_MONTH_AND_DAY = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_DAY = f"(?:{_YEAR}-{_MONTH_AND_DAY}|{_LEAP_DAY})"
_MONTH_OR_SEASON = f"{_YEAR}-(?:0[1-9]|1[0-2]|2[1-4])"
_EDTF = f"(?:{_DAY}|{_MONTH_OR_SEASON}|{_YEAR}|[12][0-9]{{2}}X|[12][0-9]XX)[?~%]?"
_FILE = "[A-Za-z0-9_-][A-Za-z0-9._-]*"
_HOST = "[a-z0-9-]+(?:\\.[a-z0-9-]+)+"
_NAMED = "[^/\\\\\\x00-\\x1f\\x7f]"  # a character of a file's name
_STEP = f"(?:\\.{{0,2}}[^./\\\\\\x00-\\x1f\\x7f]{_NAMED}*|\\.{{3}}{_NAMED}*)"


def _matching(pattern: str, description: str) -> Any:
    """A string constraint that every regular-expression dialect reads alike, described for whoever breaks it.

    `$` lets a final newline pass in some dialects, so the schema forbids newlines as well.
    """
    return Field(pattern=pattern, description=description, json_schema_extra={"not": {"pattern": "\\n"}})


def _integral(value: object) -> object:
    """JSON Schema counts 1.0 as an integer; read it as one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Text = TypeAliasType("Text", Annotated[str, Field(min_length=1)])
Offset = TypeAliasType("Offset", Annotated[int, Field(ge=0, le=2**31 - 1), BeforeValidator(_integral)])
LineNumber = TypeAliasType("LineNumber", Annotated[int, Field(ge=1, le=2**31 - 1), BeforeValidator(_integral)])
Slug = TypeAliasType(
    "Slug",
    Annotated[
        str,
        Field(max_length=120),
        _matching("^[a-z0-9]+(?:-[a-z0-9]+)*$", "lower-case Latin words and digits joined by hyphens: sergey-lavrov"),
    ],
)
ParagraphId = TypeAliasType("ParagraphId", Annotated[str, _matching("^p[1-9][0-9]{0,5}$", "p and a number: p1")])
QuoteId = TypeAliasType("QuoteId", Annotated[str, _matching("^q[1-9][0-9]{0,5}$", "q and a number: q1")])
TermId = TypeAliasType("TermId", Annotated[str, _matching("^t[1-9][0-9]{0,5}$", "t and a number: t1")])
EntityId = TypeAliasType("EntityId", Annotated[str, _matching("^e[1-9][0-9]{0,5}$", "e and a number: e1")])
Day = TypeAliasType("Day", Annotated[str, _matching(f"^{_DAY}$", "a day of the calendar, ISO 8601: 2021-10-13")])
Edtf = TypeAliasType(
    "Edtf",
    Annotated[
        str,
        _matching(
            f"^(?:{_EDTF}|{_EDTF}/(?:{_EDTF}|\\.\\.)|\\.\\./{_EDTF})$",
            "a day, month, season, year or interval, EDTF: 2021-10-13, 2021-10, 2021-21, 2021, 2021-01/2021-03",
        ),
    ],
)
Sha256 = TypeAliasType("Sha256", Annotated[str, _matching("^[0-9a-f]{64}$", "64 hexadecimal digits in lower case")])
SourcePath = TypeAliasType(
    "SourcePath",
    Annotated[
        str,
        _matching(
            f"^sources/(?:{_FILE}/)*{_FILE}$",
            "a file below sources/, in Latin letters, digits, dots, hyphens and underscores",
        ),
    ],
)
Repository = TypeAliasType(
    "Repository",
    Annotated[
        str, _matching(f"^{_HOST}/{_FILE}/{_FILE}$", "host, owner and name of a repository: github.com/owner/name")
    ],
)
RepositoryPath = TypeAliasType(
    "RepositoryPath",
    Annotated[str, _matching(f"^(?:{_STEP}/)*{_STEP}$", "a path below the repository's folder, without . and ..")],
)
Commit = TypeAliasType(
    "Commit", Annotated[str, _matching("^(?:[0-9a-f]{40}|[0-9a-f]{64})$", "all 40 or 64 digits of a commit of git")]
)
Url = TypeAliasType(
    "Url", Annotated[str, _matching("^https?://[^ \\t\\r\\n]+$", "an address that begins with http:// or https://")]
)
LanguageCode = TypeAliasType(
    "LanguageCode", Annotated[str, _matching("^[a-z]{2,3}$", "a language code of two or three letters, ISO 639: ar")]
)
RuleCode = TypeAliasType("RuleCode", Annotated[str, _matching("^[STAQEMC][0-9]{3}$", "the code of a rule: Q101")])
Pointer = TypeAliasType("Pointer", Annotated[str, _matching("^(?:/[^/\\n]*)*$", "a JSON Pointer, RFC 6901: /quotes/3")])

SchemaVersion = Literal["1.0", "1.1"]
Split = Literal["train", "validation", "test"]
ParagraphRole = Literal["headline", "subheading", "body", "note", "signoff", "credit", "source"]
QuoteType = Literal["direct", "partial", "indirect", "unmarked"]
WITHOUT_MARKS: tuple[QuoteType, ...] = ("indirect", "unmarked")
"""The types of quotes that stand in no marks."""
CueKind = Literal["verb", "participle", "noun", "preposition", "punctuation"]
ParticipantForm = Literal["named", "nominal", "pronoun", "elided"]
MentionForm = Literal["named", "nominal"]
TermKind = Literal["name", "title", "scare", "other"]
EntityType = Literal["PERS", "ORG", "GPE", "LOC", "FAC", "NORP", "OCC", "EVENT", "LAW", "DATE"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)


class Rights(_Model):
    """Who holds the rights in the text, and what may be done with it."""

    holder: Text | None = Field(description="Who holds the rights in the text; null when unknown.", examples=["تاس"])
    license: Text | None = Field(
        description="SPDX identifier of the licence of the text; null when it has none.", examples=["CC-BY-4.0"]
    )
    redistribution: Literal["permitted", "forbidden", "unknown"] = Field(
        description="Whether the text may be passed on; `unknown` is treated as forbidden when publishing.",
        examples=["unknown"],
    )


class SourceLine(_Model):
    """A line of the source that is no paragraph: what it says is kept in the metadata, and here as it stands."""

    line: LineNumber = Field(description="Line number in the source file, from 1.", examples=[1])
    kind: Literal["editions", "date", "byline", "navigation", "other"] = Field(
        description="What the line is: links to other language editions, the publication date, the author, "
        "site navigation, or anything else.",
        examples=["editions"],
    )
    text: Text = Field(description="The line without the white space around it.", examples=["Ru En"])


class Locator(_Model):
    """Where the raw text is found in a public repository, and how it is made of the file there."""

    repository: Repository = Field(description="Host, owner and name.", examples=["github.com/owner/name"])
    commit: Commit = Field(
        description="The commit in which the file was found.", examples=["4f1c1a7f0c5dfb4f5c1f4a9b0f1e5d7c8a9b0c1d"]
    )
    path: RepositoryPath = Field(
        description="The file, relative to the repository's folder.", examples=["articles/1.txt"]
    )
    format: Slug = Field(
        description="How the text is made of the file: `plain`, `lines`, `ant-xml`, `zipjson`, or another extractor.",
        examples=["lines"],
    )
    item: tuple[Offset, ...] = Field(
        default=(),
        description="Which part of the file is meant: for `lines` the first and the last, from 1; for `zipjson` the "
        "number in its list, from 0; else none.",
        examples=[[49, 55]],
    )
    extractor: LineNumber = Field(description="Version of the extractor that made the text.", examples=[1])


class Source(_Model):
    """The raw text as received, from which the record was made."""

    path: SourcePath = Field(
        description="The raw text, relative to the corpus folder.", examples=["sources/000_5342da39c5f54c5f.txt"]
    )
    sha256: Sha256 = Field(
        description="SHA-256 of the raw file's bytes, in lower-case hexadecimal.",
        examples=["cec71b49e8abf1e561e538697ad77f64d274638983be8209aa973cfc5b5fe244"],
    )
    furniture: tuple[SourceLine, ...] = Field(
        default=(),
        description="Lines of the raw text that are no paragraph of the article; with the paragraphs they make up "
        "the whole file.",
        examples=[[{"line": 1, "kind": "editions", "text": "Ru En"}]],
    )
    locator: Locator | None = Field(
        default=None,
        description="Where the raw text is found, for whoever has the record without its words.",
        examples=[None],
    )


class Annotator(_Model):
    """Who annotated, and of which kind."""

    id: Slug = Field(description="A stable pseudonym of the annotator.", examples=["reader-1"])
    kind: Literal["human", "model", "rule"] = Field(
        description="A person, a language model, or a rule-based program such as `tasrih draft`.", examples=["model"]
    )


class Annotation(_Model):
    """How far the annotation has come, and by whom."""

    status: Literal["draft", "reviewed"] = Field(
        description="`draft` as made by a program or a first reading; `reviewed` when read again in full.",
        examples=["reviewed"],
    )
    guidelines: Text = Field(description="Version of corpus/GUIDELINES.md that was followed.", examples=["1.0"])
    annotators: tuple[Annotator, ...] = Field(
        description="Everybody who read and annotated the article, in order.",
        examples=[[{"id": "reader-1", "kind": "model"}]],
    )


class Metadata(_Model):
    """What is known about the article as a publication."""

    language: Literal["ar"] = Field(description="ISO 639-1 code of the text's language.", examples=["ar"])
    collection: Slug = Field(
        description="The collection the article belongs to; the name of its folder.", examples=["news"]
    )
    origin: Literal["published", "composed"] = Field(
        description="`published`: appeared in a news outlet. `composed`: written for this corpus by a language model, "
        "about invented people.",
        examples=["published"],
    )
    published: Day | None = Field(
        description="Day of publication, ISO 8601; null when unknown. Relative dates are resolved against it.",
        examples=["2021-10-13"],
    )
    publisher: Text | None = Field(
        description="The outlet that published the text, by the name it gives itself.",
        examples=['مجموعة الرؤية الاستراتيجية "روسيا - العالم الإسلامي"'],
    )
    agency: Text | None = Field(
        default=None, description="The news agency that the outlet names as its source.", examples=["تاس"]
    )
    authors: tuple[Text, ...] = Field(
        default=(), description="Authors in the order of the byline.", examples=[["سلمى الحداد"]]
    )
    url: Url | None = Field(
        default=None, description="Where the article was published.", examples=["https://example.org/articles/1"]
    )
    editions: tuple[LanguageCode, ...] = Field(
        default=(),
        description="ISO 639 codes of the other languages in which the outlet offers the article, as it lists them.",
        examples=[["ru", "en"]],
    )
    image_credit: Text | None = Field(
        default=None, description="Whom the outlet credits for the picture.", examples=["وزارة الخارجية الروسية"]
    )
    story: Slug | None = Field(
        default=None,
        description="Shared by articles on one story, which never fall into different splits; null for none.",
        examples=["afghanistan-2021"],
    )
    split: Split | None = Field(
        default=None,
        description="The split that the corpus gives the article; null where its name alone decides (schema 1.1).",
        examples=["test"],
    )
    phenomena: tuple[Slug, ...] = Field(
        default=(),
        description="What makes the article hard; what its quotes list among it.",
        examples=[["elided-chain", "names-in-marks"]],
    )
    rights: Rights = Field(
        description="Rights in the text (not in the annotations).",
        examples=[{"holder": None, "license": None, "redistribution": "unknown"}],
    )
    source: Source | None = Field(
        description="The raw text the record was made from; null when there is none.",
        examples=[None],
    )
    annotation: Annotation = Field(
        description="How and by whom the record was annotated.",
        examples=[
            {"status": "reviewed", "guidelines": "1.0", "annotators": [{"id": "reader-1", "kind": "model"}]},
        ],
    )


class Provenance(_Model):
    """The drafting rule that made an item, and how sure it was."""

    rule: Slug = Field(description="Name of the drafting rule.", examples=["verb-before-marks"])
    confidence: float = Field(ge=0, le=1, description="From 0 (a guess) to 1 (certain).", examples=[0.8])


_PROVENANCE = Field(
    default=None,
    description="Set on drafted items only; removed when a reader has confirmed the item.",
    examples=[{"rule": "verb-before-marks", "confidence": 0.8}],
)


class Paragraph(_Model):
    """One paragraph of the article, in reading order."""

    id: ParagraphId = Field(description="Unique in the article.", examples=["p1"])
    role: ParagraphRole = Field(
        description="What the paragraph is: the headline, a subheading, the article's body, an editor's note, "
        "the outlet's sign-off, an image credit, or the line naming the source.",
        examples=["headline"],
    )
    text: Text = Field(
        description="The text as published, slips included, without white space around it.",
        examples=["وقال الوزير إن الطريق مفتوحة."],
    )
    repeats: ParagraphId | None = Field(
        default=None, description="The earlier paragraph that is said again here (schema 1.1).", examples=["p2"]
    )


class Span(_Model):
    """A stretch of one paragraph's text."""

    paragraph: ParagraphId = Field(description="Id of the paragraph.", examples=["p4"])
    start: Offset = Field(description="First character, in Unicode code points from 0.", examples=[6])
    end: Offset = Field(description="One past the last character, in Unicode code points.", examples=[19])
    text: Text = Field(description="What the offsets select, repeated.", examples=["الوزير لافروف"])


class Cue(Span):
    """The word or words that report the speech."""

    kind: CueKind = Field(
        description="A verb (أضاف), participle (قائلا), noun (قوله), preposition (وفقا لـ) or mark (headline colon).",
        examples=["verb"],
    )


class Participant(_Model):
    """Who speaks, or who is spoken to."""

    entity: EntityId = Field(description="Id of the entity.", examples=["e1"])
    form: ParticipantForm = Field(
        description="How the text refers to it here: by name, by a noun, by a pronoun, or not at all.",
        examples=["named"],
    )
    span: Span | None = Field(
        description="The phrase that refers to it, title included; null when elided.",
        examples=[{"paragraph": "p4", "start": 6, "end": 19, "text": "الوزير لافروف"}],
    )
    others: tuple[EntityId, ...] = Field(
        default=(),
        description="Ids of the other entities that speak, or are spoken to, together with it (schema 1.1).",
        examples=[["e2"]],
    )


class Quote(_Model):
    """Something somebody is reported to have said."""

    id: QuoteId = Field(description="Unique in the article.", examples=["q1"])
    type: QuoteType = Field(
        description="`direct`: marked, could stand alone as an utterance. `partial`: a marked fragment inside a "
        "reporting clause. `indirect`: reported without marks. `unmarked`: an utterance without marks, after a colon "
        "or as an answer of an interview (schema 1.1).",
        examples=["direct"],
    )
    spans: tuple[Span, ...] = Field(
        min_length=1,
        description="What was said, without the quotation marks; several where it is interrupted or runs over "
        "paragraphs, in reading order.",
        examples=[[{"paragraph": "p4", "start": 6, "end": 19, "text": "الوزير لافروف"}]],
    )
    cue: Cue | None = Field(
        description="What reports the speech; null when nothing does.",
        examples=[{"paragraph": "p4", "start": 1, "end": 5, "text": "أضاف", "kind": "verb"}],
    )
    speaker: Participant | None = Field(
        description="Who said it; null when the text does not tell.",
        examples=[{"entity": "e1", "form": "elided", "span": None}],
    )
    addressee: Participant | None = Field(
        default=None,
        description="To whom it was said, where the text tells.",
        examples=[{"entity": "e2", "form": "elided", "span": None}],
    )
    parent: QuoteId | None = Field(default=None, description="The quote inside which this one stands.", examples=["q1"])
    continues: QuoteId | None = Field(
        default=None, description="The earlier quote that this one resumes after a break.", examples=["q1"]
    )
    phenomena: tuple[Slug, ...] = Field(
        default=(),
        description="What makes the quote hard, so that scores can be broken down by it (schema 1.1).",
        examples=[["elided-chain", "quote-in-quote"]],
    )
    provenance: Provenance | None = _PROVENANCE


class Term(_Model):
    """Words in quotation marks that are not speech."""

    id: TermId = Field(description="Unique in the article.", examples=["t1"])
    kind: TermKind = Field(
        description="A name, the title of a work, words the writer keeps at a distance (scare), or other.",
        examples=["name"],
    )
    span: Span = Field(
        description="The words, without the marks.",
        examples=[{"paragraph": "p9", "start": 25, "end": 31, "text": "طالبان"}],
    )
    entity: EntityId | None = Field(default=None, description="The entity it names, if any.", examples=["e5"])
    provenance: Provenance | None = _PROVENANCE


class Identifiers(_Model):
    """Identifiers in public registers; one is absent unless verified in a source that can be named."""

    wikidata: Annotated[str, _matching("^Q[1-9][0-9]*$", "Q and a number: Q58217")] | None = Field(
        default=None, description="Wikidata item.", examples=["Q58217"]
    )
    iso3166: Annotated[str, _matching("^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$", "an ISO 3166 code: AF, RU-MOW")] | None = Field(
        default=None, description="ISO 3166 code of a country or subdivision.", examples=["AF"]
    )
    geonames: Annotated[str, _matching("^[1-9][0-9]*$", "a number in digits: 1138958")] | None = Field(
        default=None, description="GeoNames id of a place.", examples=["1138958"]
    )


_IDENTIFIERS = Field(
    default=None,
    description="Identifiers in public registers; absent when not verified.",
    examples=[{"wikidata": "Q58217"}],
)


class Mention(Span):
    """One place where the text refers to an entity, proclitics left outside."""

    form: MentionForm = Field(
        description="`named`: holds the name, or a calendar date. `nominal`: a title or description only.",
        examples=["named"],
    )
    provenance: Provenance | None = _PROVENANCE


class Entity(_Model):
    """Somebody or something the article refers to, with every mention of it."""

    id: EntityId = Field(description="Unique in the article.", examples=["e1"])
    type: EntityType = Field(description="Type, by the names of the Wojood corpus.", examples=["PERS"])
    name: Text = Field(description="The fullest name in the article.", examples=["سيرغي لافروف"])
    value: Edtf | None = Field(
        default=None,
        description="DATE only: the day, month, season, year or interval meant, ISO 8601 / EDTF; null when it depends "
        "on a day of publication that is unknown (schema 1.1).",
        examples=["2021-09-06"],
    )
    link: Slug | None = Field(
        default=None,
        description="The entry of entities.json that it is, across articles.",
        examples=["sergey-lavrov"],
    )
    identifiers: Identifiers | None = _IDENTIFIERS
    mentions: tuple[Mention, ...] = Field(
        min_length=1,
        description="Every mention, in reading order.",
        examples=[[{"paragraph": "p1", "start": 0, "end": 6, "text": "لافروف", "form": "named"}]],
    )


class Waiver(_Model):
    """A finding of `tasrih validate` that was looked at and accepted."""

    rule: RuleCode = Field(description="Code of the rule.", examples=["Q204"])
    at: Pointer = Field(description="JSON Pointer (RFC 6901) to where it is found.", examples=["/quotes/3"])
    reason: Text = Field(
        description="Why the finding is accepted.", examples=["The closing mark is missing in the published text."]
    )


class Article(_Model):
    """An article of news, annotated with who said what, in which words, about whom."""

    schema_version: SchemaVersion = Field(
        description="Version of this schema; `1.1` when the record holds something that 1.0 could not say.",
        examples=["1.0"],
    )
    id: Slug = Field(
        description="Unique in the corpus; the record's file name without its ending.",
        examples=["2021-10-13-lavrov-afghanistan"],
    )
    metadata: Metadata = Field(
        description="When, where and by whom the article was published, its rights, source and annotators.",
        examples=[
            {
                "language": "ar",
                "collection": "news",
                "origin": "published",
                "published": "2021-10-13",
                "publisher": None,
                "rights": {"holder": None, "license": None, "redistribution": "unknown"},
                "source": None,
                "annotation": {"status": "draft", "guidelines": "1.0", "annotators": []},
            }
        ],
    )
    paragraphs: tuple[Paragraph, ...] = Field(
        min_length=1,
        description="The text, boilerplate included, in reading order.",
        examples=[[{"id": "p1", "role": "headline", "text": "الوزير: الطريق مفتوحة"}]],
    )
    quotes: tuple[Quote, ...] = Field(
        description="Reported speech, in reading order.",
        examples=[
            [
                {
                    "id": "q1",
                    "type": "indirect",
                    "spans": [{"paragraph": "p1", "start": 8, "end": 21, "text": "الطريق مفتوحة"}],
                    "cue": {"paragraph": "p1", "start": 6, "end": 7, "text": ":", "kind": "punctuation"},
                    "speaker": None,
                }
            ]
        ],
    )
    terms: tuple[Term, ...] = Field(description="Quoted words that are not speech, in reading order.", examples=[[]])
    entities: tuple[Entity, ...] = Field(description="Who and what the article refers to.", examples=[[]])
    waivers: tuple[Waiver, ...] = Field(default=(), description="Findings that were accepted.", examples=[[]])


def schema_version(record: Json) -> SchemaVersion:
    """The lowest version of the schema that can say all of a record."""
    undated = record["metadata"].get("published") is None and any(map(_has_no_value, record["entities"]))
    return "1.1" if undated or any(newer(record)) else "1.0"


def newer(record: Json) -> Iterator[Path]:
    """Where a record says what schema 1.0 cannot, but for dates without a value."""
    if record["metadata"].get("split"):
        yield "metadata", "split"
    for number, paragraph in enumerate(record["paragraphs"]):
        if paragraph.get("repeats"):
            yield "paragraphs", number, "repeats"
    for number, quote in enumerate(record["quotes"]):
        yield from (("quotes", number, *path) for path in _newer_of_quote(quote))


def _newer_of_quote(quote: Json) -> Iterator[Path]:
    if quote.get("type") == "unmarked":
        yield ("type",)
    if quote.get("phenomena"):
        yield ("phenomena",)
    for role in ("speaker", "addressee"):
        person = quote.get(role)
        if isinstance(person, dict) and person.get("others"):
            yield role, "others"


def _has_no_value(entity: Json) -> bool:
    return entity.get("type") == "DATE" and entity.get("value") is None


class Names(_Model):
    """The names an entity goes by."""

    arabic: tuple[Text, ...] = Field(
        min_length=1,
        description="Arabic names, the fullest first, then short forms and spellings.",
        examples=[["سيرغي لافروف", "لافروف"]],
    )
    latin: tuple[Text, ...] = Field(
        default=(), description="Names in Latin script.", examples=[["Sergey Lavrov", "Sergei Lavrov"]]
    )


class KnownEntity(_Model):
    """An entity that articles refer to, known across them."""

    id: Slug = Field(description="Unique in the register.", examples=["sergey-lavrov"])
    type: EntityType = Field(description="Type, by the names of the Wojood corpus.", examples=["PERS"])
    origin: Literal["real", "invented"] = Field(description="Whether it exists outside the corpus.", examples=["real"])
    names: Names = Field(description="The names it goes by.", examples=[{"arabic": ["سيرغي لافروف"]}])
    identifiers: Identifiers | None = _IDENTIFIERS
    verified_in: Text | None = Field(
        default=None,
        description="The source in which the identifiers were verified.",
        examples=["Unicode CLDR 47, Arabic territory names"],
    )


class Register(_Model):
    """Who is who across the articles of a corpus (`entities.json`)."""

    schema_version: Literal["1.0"] = Field(description="Version of this schema.", examples=["1.0"])
    entities: tuple[KnownEntity, ...] = Field(
        description="The known entities, sorted by id.",
        examples=[[{"id": "sergey-lavrov", "type": "PERS", "origin": "real", "names": {"arabic": ["سيرغي لافروف"]}}]],
    )


def to_json(document: BaseModel) -> bytes:
    """The canonical form of a record: UTF-8, two-space indent, fields in the schema's order, a final newline.

    An object or list without another inside it stands on one line, so that a diff shows one line a span.
    """
    return (_laid_out(document.model_dump(mode="json", exclude_unset=True), "\n") + "\n").encode()


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def _laid_out(value: Any, newline: str) -> str:
    inner = newline + "  "
    if isinstance(value, dict) and any(isinstance(item, dict | list) for item in value.values()):
        items = (f"{json.dumps(key)}: {_laid_out(item, inner)}" for key, item in value.items())
        return "{" + inner + ("," + inner).join(items) + newline + "}"
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        return "[" + inner + ("," + inner).join(_laid_out(item, inner) for item in value) + newline + "]"
    return _encoded(value)
