"""Valid records for property tests: every field and value of the schema, anchored in made-up text."""

from hypothesis import Phase
from hypothesis import strategies as st

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""For records: a smaller one that fails takes minutes to find, and says no more."""
WORDS = [
    "قال",
    "وأضافَ",
    "الوزيرُ",
    "لـ",
    "بلدة",
    '"الجسر"',
    "«مفتوح»",
    "١٧",
    "2021",
    "NATO",
    "😀",
    "\u00a0",
    "،",
    "e\u0301",
]
DAYS = ["2021-10-13", "2020-02-29", "2000-02-29", "1999-12-31"]
DATES = [
    *DAYS,
    "2021-10",
    "2021-21",
    "2021",
    "202X",
    "20XX",
    "2021?",
    "2021-10-13~",
    "2021-01/2021-03",
    "../2021",
    "2021/..",
]
SLUGS = st.sampled_from(["a", "nahar", "2021-10-13-bridge", "x1-y2"])
TEXTS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=8).map(" ".join).filter(str.strip)
NAMES = st.sampled_from(["سلمى الحداد", "بلدية وادي النحل", "x"])


def optional(**fields):
    """Fields that are there or not."""
    return st.fixed_dictionaries({}, optional=fields)


def nullable(strategy):
    return st.none() | strategy


def one_of(*values):
    return st.sampled_from(values)


@st.composite
def spans(draw, paragraphs, **fields):
    paragraph = draw(st.sampled_from(paragraphs))
    start = draw(st.integers(0, len(paragraph["text"]) - 1))
    end = draw(st.integers(start + 1, len(paragraph["text"])))
    span = {"paragraph": paragraph["id"], "start": start, "end": end, "text": paragraph["text"][start:end]}
    return span | {name: draw(strategy) for name, strategy in fields.items()}


@st.composite
def participants(draw, paragraphs, entities):
    form = draw(one_of("named", "nominal", "pronoun", "elided"))
    span = None if form == "elided" else draw(spans(paragraphs))
    others = draw(optional(others=st.lists(st.sampled_from(entities), max_size=2)))
    return {"entity": draw(st.sampled_from(entities)), "form": form, "span": span} | others


PROVENANCE = st.fixed_dictionaries({"rule": SLUGS, "confidence": st.floats(0, 1) | one_of(0, 1)})
IDENTIFIERS = optional(
    wikidata=nullable(one_of("Q1", "Q58217")),
    iso3166=nullable(one_of("AF", "RU-MOW")),
    geonames=nullable(one_of("1138958")),
)
METADATA = st.builds(
    lambda required, extra: required | extra,
    st.fixed_dictionaries(
        {
            "language": st.just("ar"),
            "collection": SLUGS,
            "origin": one_of("published", "composed"),
            "published": nullable(st.sampled_from(DAYS)),
            "publisher": nullable(NAMES),
            "rights": st.fixed_dictionaries(
                {
                    "holder": nullable(NAMES),
                    "license": nullable(one_of("CC-BY-4.0")),
                    "redistribution": one_of("permitted", "forbidden", "unknown"),
                }
            ),
            "source": nullable(
                st.builds(
                    lambda required, extra: required | extra,
                    st.fixed_dictionaries(
                        {"path": one_of("sources/a.txt", "sources/x/y.html"), "sha256": st.just("0f" * 32)}
                    ),
                    optional(
                        furniture=st.lists(
                            st.fixed_dictionaries(
                                {
                                    "line": st.integers(1, 2**31 - 1),
                                    "kind": one_of("editions", "date", "byline", "navigation", "other"),
                                    "text": TEXTS,
                                }
                            ),
                            max_size=2,
                        )
                    ),
                )
            ),
            "annotation": st.fixed_dictionaries(
                {
                    "status": one_of("draft", "reviewed"),
                    "guidelines": st.just("1.0"),
                    "annotators": st.lists(
                        st.fixed_dictionaries({"id": SLUGS, "kind": one_of("human", "model", "rule")}), max_size=2
                    ),
                }
            ),
        }
    ),
    optional(
        agency=nullable(NAMES),
        authors=st.lists(NAMES, max_size=2),
        url=nullable(one_of("https://example.org/مقال/1")),
        editions=st.lists(one_of("en", "ru", "fas"), max_size=2),
        image_credit=nullable(NAMES),
        story=nullable(SLUGS),
        phenomena=st.lists(SLUGS, max_size=2),
    ),
)
ROLES = one_of("headline", "subheading", "body", "note", "signoff", "credit", "source")
TYPES = one_of("PERS", "ORG", "GPE", "LOC", "FAC", "NORP", "OCC", "EVENT", "LAW", "DATE")
CUES = one_of("verb", "participle", "noun", "preposition", "punctuation")
WAIVER = st.fixed_dictionaries({"rule": one_of("Q101", "T109"), "at": one_of("", "/quotes/0"), "reason": TEXTS})


@st.composite
def quotes(draw, paragraphs, entities, earlier):
    fields = {
        "type": one_of("direct", "partial", "indirect", "unmarked"),
        "spans": st.lists(spans(paragraphs), min_size=1, max_size=2),
        "cue": nullable(spans(paragraphs, kind=CUES)),
        "speaker": nullable(participants(paragraphs, entities)),
    }
    reference = nullable(st.sampled_from(earlier)) if earlier else st.none()
    extra = optional(
        addressee=nullable(participants(paragraphs, entities)),
        parent=reference,
        continues=reference,
        phenomena=st.lists(SLUGS, max_size=2),
        provenance=nullable(PROVENANCE),
    )
    return draw(st.fixed_dictionaries(fields)) | draw(extra)


@st.composite
def articles(draw):
    """Records that are valid and point at their own text; marks and sources need not be accounted for."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=3))
    again = optional(repeats=nullable(st.just("p1")))
    paragraphs = [{"id": f"p{n}", "role": draw(ROLES), "text": text} | draw(again) for n, text in enumerate(texts, 1)]
    entities = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        mention = spans(paragraphs, form=one_of("named", "nominal")) | spans(
            paragraphs, form=st.just("named"), provenance=nullable(PROVENANCE)
        )
        fields = {"type": TYPES, "name": NAMES, "mentions": st.lists(mention, min_size=1, max_size=3)}
        extra = optional(
            value=nullable(st.sampled_from(DATES)), link=nullable(SLUGS), identifiers=nullable(IDENTIFIERS)
        )
        entities.append({"id": f"e{number}"} | draw(st.fixed_dictionaries(fields)) | draw(extra))
    ids = [entity["id"] for entity in entities]
    said = []
    for number in range(1, draw(st.integers(0, 3)) + 1):
        said.append({"id": f"q{number}"} | draw(quotes(paragraphs, ids, [quote["id"] for quote in said])))
    terms = [
        {"id": f"t{number}", "kind": draw(one_of("name", "title", "scare", "other")), "span": draw(spans(paragraphs))}
        | draw(optional(entity=nullable(st.sampled_from(ids)), provenance=nullable(PROVENANCE)))
        for number in range(1, draw(st.integers(0, 2)) + 1)
    ]
    version = draw(one_of("1.0", "1.1"))
    head = {"schema_version": version, "id": draw(SLUGS), "metadata": draw(METADATA), "paragraphs": paragraphs}
    body = {"quotes": said, "terms": terms, "entities": entities}
    return head | body | draw(optional(waivers=st.lists(WAIVER, max_size=2)))


@st.composite
def registers(draw):
    """Registers of known entities."""
    names = st.builds(
        lambda required, extra: required | extra,
        st.fixed_dictionaries({"arabic": st.lists(NAMES, min_size=1, max_size=2)}),
        optional(latin=st.lists(st.just("Salma"), max_size=1)),
    )
    entries = st.builds(
        lambda required, extra: required | extra,
        st.fixed_dictionaries({"id": SLUGS, "type": TYPES, "origin": one_of("real", "invented"), "names": names}),
        optional(identifiers=nullable(IDENTIFIERS), verified_in=nullable(NAMES)),
    )
    return {"schema_version": "1.0", "entities": draw(st.lists(entries, max_size=3))}


def places(value, path=()):
    """Every path of a JSON value, with what is there."""
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))
