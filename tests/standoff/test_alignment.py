"""Texts that changed since a record was made of them: spans are found where they now are, or told as lost."""

import copy
import hashlib
import json
import random
import re
import unicodedata
from collections import Counter

import pytest
from conftest import RECORD, ROOT, WITH_WORDS, read_json
from hypothesis import given, settings
from hypothesis import strategies as st

import tasrih
from tasrih import sources
from tasrih.errors import InvalidError
from tasrih.record import Article
from tasrih.spans import SPANS, located
from tasrih.standoff.alignment import aligned

RECORDS = [read_json(path) for path in WITH_WORDS]
SOURCE = (ROOT / "corpus" / RECORD["metadata"]["source"]["path"]).read_text(encoding="utf-8").splitlines()
HEADLINE = "الوزيرة سلمى الحداد: الجسر مفتوح"
BODY = "وقالت الحداد إن «الطريق إلى وادي النحل مفتوحة» منذ الأحد."


def without_words(record):
    """A record as it travels: lengths and hashes instead of words."""
    record = copy.deepcopy(record)
    for paragraph in record["paragraphs"]:
        text = paragraph.pop("text")
        lengths = [-len(part) if part.isspace() else len(part) for part in re.findall(r"\s+|\S+", text)]
        paragraph |= {
            "length": len(text),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "words": [length for length in lengths if length != -1],
        }
    for name in SPANS:
        for one in located(record, name):
            del one.span["text"]
    for line in (record["metadata"]["source"] or {}).get("furniture", []):
        del line["text"]
    return record


def lines_of(record):
    return SOURCE if record["metadata"]["source"] else [paragraph["text"] for paragraph in record["paragraphs"]]


def texts_of(record, *names):
    return [one.span["text"] for name in names or SPANS for one in located(record, name)]


def small(*texts, source=None):
    """A record with a quote, its speaker and its cue, of a headline and a body."""
    texts = texts or (HEADLINE, BODY)
    record = copy.deepcopy(RECORD) | {"terms": []}
    record.pop("waivers", None)
    record["metadata"]["source"] = source

    def span(number, words, **more):
        start = texts[number].index(words)
        return {"paragraph": f"p{number + 1}", "start": start, "end": start + len(words), "text": words} | more

    record["paragraphs"] = [
        {"id": f"p{number}", "role": "body" if number > 1 else "headline", "text": text}
        for number, text in enumerate(texts, 1)
    ]
    record["quotes"] = [
        {
            "id": "q1",
            "type": "indirect",
            "spans": [span(0, "الجسر مفتوح")],
            "cue": span(0, ":", kind="punctuation"),
            "speaker": {"entity": "e1", "form": "named", "span": span(0, "الوزيرة سلمى الحداد")},
        },
        {
            "id": "q2",
            "type": "partial",
            "spans": [span(1, "الطريق إلى وادي النحل مفتوحة")],
            "cue": span(1, "قالت", kind="verb"),
            "speaker": {"entity": "e1", "form": "named", "span": span(1, "الحداد")},
            "continues": "q1",
        },
    ]
    record["entities"] = [
        {
            "id": "e1",
            "type": "PERS",
            "name": "سلمى الحداد",
            "mentions": [span(0, "سلمى الحداد", form="named"), span(1, "الحداد", form="named")],
        },
        {"id": "e2", "type": "GPE", "name": "وادي النحل", "mentions": [span(1, "وادي النحل", form="named")]},
    ]
    return record


def found(lines, record=None):
    """What comes of a small record and other lines, whole and valid."""
    result = aligned(without_words(record or small()), lines)
    Article.model_validate_json(json.dumps(result.record))
    for name in SPANS:
        for one in located(result.record, name):
            texts = {paragraph["id"]: paragraph["text"] for paragraph in result.record["paragraphs"]}
            assert texts[one.place[0]][one.span["start"] : one.span["end"]] == one.span["text"]
    return result


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_a_text_that_did_not_change_gives_the_record_it_was_made_of(record):
    assert aligned(without_words(record), lines_of(record)) == (record, True, 0, ())


def test_the_stand_off_record_is_left_as_it_is():
    record = without_words(small())
    before = copy.deepcopy(record)
    aligned(record, [HEADLINE, "x " + BODY])
    assert record == before


@pytest.mark.parametrize(
    "lines",
    [
        ["", f"  {HEADLINE}\r", "", f"\ufeff{BODY} "],
        [BODY, HEADLINE],
        ["أخبار", HEADLINE, "اقرأ أيضا في هذا القسم", BODY, "جميع الحقوق محفوظة"],
        [HEADLINE, *re.split(" (?=إن)", BODY)],
        [HEADLINE, BODY.replace(" ", "\u00a0  ")],
    ],
)
def test_white_space_lines_and_their_order_change_nothing(lines):
    assert found(lines) == (small(), True, 0, ())


@pytest.mark.parametrize(
    ("change", "quote"),
    [
        (lambda text: text.replace("«", '"').replace("»", '"'), "الطريق إلى وادي النحل مفتوحة"),
        (lambda text: text.replace("«", "&laquo;").replace("»", "&raquo;"), "الطريق إلى وادي النحل مفتوحة"),
        (lambda text: text.replace("ا", "اـ"), "اـلطريق إلى واـدي اـلنحل مفتوحة"),
        (lambda text: text.replace("طريق", "طّريق"), "الطّريق إلى وادي النحل مفتوحة"),
        (lambda text: text.replace("وادي", "وادى"), "الطريق إلى وادى النحل مفتوحة"),
        (lambda text: text.replace("إن", "إنّ"), "الطريق إلى وادي النحل مفتوحة"),
        (lambda text: f"عاجل: {text}", "الطريق إلى وادي النحل مفتوحة"),
        (lambda text: text.replace("إلى", "المؤدية إلى"), "الطريق المؤدية إلى وادي النحل مفتوحة"),
        (lambda text: text.replace("الطريق", "السكة"), "السكة إلى وادي النحل مفتوحة"),
        (lambda text: text.replace(" إلى", ""), "الطريق وادي النحل مفتوحة"),
        (lambda text: text.replace(" مفتوحة", ""), "الطريق إلى وادي النحل"),
        (lambda text: text.replace("الأحد", "مساء أول أمس"), "الطريق إلى وادي النحل مفتوحة"),
    ],
)
def test_a_changed_paragraph_has_its_spans_where_they_now_are(change, quote):
    result = found([HEADLINE, change(BODY)])
    assert not result.exact
    assert result.lost == ()
    assert result.moved == 5
    assert result.record["paragraphs"][1]["text"] == change(BODY)
    assert texts_of(result.record, "quotes.spans") == ["الجسر مفتوح", quote]
    speaker = change("الحداد") if "ـ" in quote else "الحداد"
    assert result.record["quotes"][1]["speaker"]["span"]["text"] == speaker


def test_a_proclitic_stays_outside_and_words_stay_whole():
    result = found([HEADLINE, BODY.replace("وقالت", "وأوضحت")])
    assert result.record["quotes"][1]["cue"]["text"] == "أوضحت"
    result = found([HEADLINE, BODY.replace("وقالت", "صرحت")])
    assert result.record["quotes"][1]["cue"]["text"] == "صرحت"


def test_a_mark_that_is_a_cue_is_found_after_another_word():
    result = found([HEADLINE.replace("الحداد", "حداد"), BODY])
    assert result.record["quotes"][0]["cue"]["text"] == ":"
    assert result.record["quotes"][0]["speaker"]["span"]["text"] == "الوزيرة سلمى حداد"
    assert result.record["entities"][0]["name"] == "سلمى حداد"


def test_what_is_gone_is_taken_out_and_told():
    record = small()
    record["waivers"] = [
        {"rule": "Q112", "at": "/quotes/0/cue", "reason": "x"},
        {"rule": "Q102", "at": "/quotes/1/spans/0", "reason": "x"},
        {"rule": "E106", "at": "/entities/0/mentions/1", "reason": "x"},
        {"rule": "M116", "at": "/paragraphs", "reason": "x"},
    ]
    result = found([BODY], record)
    assert result.lost == (
        "p1",
        "a mention of e1 in p1",
        "q1",
        "the waiver of Q112 at /quotes/0/cue",
    )
    assert [paragraph["id"] for paragraph in result.record["paragraphs"]] == ["p1"]
    (quote,) = result.record["quotes"]
    assert (quote["id"], quote["continues"], quote["cue"]["paragraph"]) == ("q1", None, "p1")
    assert [waiver["at"] for waiver in result.record["waivers"]] == [
        "/quotes/0/spans/0",
        "/entities/0/mentions/0",
        "/paragraphs",
    ]


def test_a_phrase_a_cue_and_a_place_that_are_gone_leave_the_quote():
    result = found([HEADLINE, "إن «الطريق إلى مفتوحة» منذ الأحد."])
    assert result.lost == (
        "a mention of e1 in p2",
        "a mention of e2 in p2",
        "e2",
        "the cue of q2",
        "the phrase for the speaker of q2",
    )
    quote = result.record["quotes"][1]
    assert quote["cue"] is None
    assert quote["speaker"] == {"entity": "e1", "form": "elided", "span": None}
    assert [entity["id"] for entity in result.record["entities"]] == ["e1"]


def test_a_line_about_something_else_does_not_take_the_place_of_a_paragraph():
    result = found(["درجات الحرارة تنخفض غدا في معظم المناطق الساحلية والجبلية", BODY])
    assert result.lost[0] == "p1"
    assert [paragraph["text"] for paragraph in result.record["paragraphs"]] == [BODY]


def test_two_paragraphs_in_one_line_become_one():
    result = found([f"{HEADLINE} {BODY}"])
    assert result.lost == ()
    assert [paragraph["text"] for paragraph in result.record["paragraphs"]] == [f"{HEADLINE} {BODY}"]
    assert texts_of(result.record) == texts_of(small())


def test_every_line_of_a_source_is_a_paragraph_or_furniture():
    source = {
        "path": "sources/x.txt",
        "sha256": "0" * 64,
        "furniture": [{"line": 1, "kind": "date", "text": "الأحد"}],
    }
    lines = ["الاثنين", HEADLINE, f"{BODY} ثم أغلقت.", "", "جميع الحقوق محفوظة"]
    result = found(lines, small(source=source))
    assert result.record["metadata"]["source"]["furniture"] == [
        {"line": 1, "kind": "date", "text": "الاثنين"},
        {"line": 5, "kind": "other", "text": "جميع الحقوق محفوظة"},
    ]


@pytest.mark.parametrize("lines", [[], [""], ["الجسر"], ["Lorem ipsum dolor sit amet"] * 3, lines_of(RECORDS[0])])
def test_another_text_is_refused(lines):
    with pytest.raises(InvalidError, match=r"the text is another one: \d+ % of the record's words"):
        aligned(without_words(small()), lines)


def test_a_record_that_tells_no_words_is_found_by_its_hashes():
    record = without_words(small())
    for paragraph in record["paragraphs"]:
        del paragraph["words"]
    result = aligned(record, [HEADLINE, f"عاجل: {BODY}"])
    assert (texts_of(result.record), result.lost) == (texts_of(small()), ())
    result = aligned(record, ["الوزيرة سلمى: جسر مفتوح", BODY])
    assert result.lost[0] == "p1"


@pytest.mark.parametrize(("start", "end"), [(0, 10**6), (10**6, 10**6 + 1), (5, 5), (9, 3)])
@pytest.mark.parametrize("line", [BODY, f"{BODY} ثم أغلقت.", BODY.replace("الأحد", "أول أمس")])
def test_offsets_that_do_not_fit_are_lost_or_within_the_text(start, end, line):
    record = without_words(small())
    record["quotes"][1]["spans"][0] |= {"start": start, "end": end}
    result = aligned(record, [HEADLINE, line])
    Article.model_validate_json(json.dumps(result.record))
    assert not tasrih.validate([result.record], select="A1").findings


def _changed(lines, change, number, place, word):
    """Some lines after one change at a line and a word of it."""
    lines = list(lines)
    number %= len(lines)
    words = lines[number].split()
    place %= max(len(words), 1)
    before, after = words[:place], words[place:]
    other = (number + place) % len(lines)
    lines[number : number + 1] = {
        "insert": [" ".join([*before, word, *after])],
        "delete": [" ".join([*before, *after[1:]])],
        "replace": [" ".join([*before, word, *after[1:]])],
        "spaces": ["  ".join(words)],
        "decompose": [unicodedata.normalize("NFD", lines[number])],
        "drop": [],
        "swap": [lines[other]],
        "split": [" ".join(before), " ".join(after)],
        "join": [" ".join(lines[number : number + 2])],
        "add": [lines[number], " ".join([word] * 4)],
    }[change]
    if change == "swap":
        lines[other] = " ".join(words)
    if change == "join":
        del lines[number + 1 : number + 2]
    return lines or [""]


CHANGES = ["insert", "delete", "replace", "spaces", "decompose", "drop", "swap", "split", "join", "add"]
WHOLE = ["A101", "A102", "A103", "A104", "A105", "A107", "M120", "Q106", "Q110", "Q113", "Q116", "Q118"]
WORDS = ["كلمة", "قال", "«", "و", "سلمى", "،", "١٧"]
NUMBERS = st.integers(0, 10_000)


@settings(max_examples=40)
@given(
    st.sampled_from(range(len(RECORDS))),
    st.lists(st.tuples(st.sampled_from(CHANGES), NUMBERS, NUMBERS, st.sampled_from(WORDS)), min_size=1, max_size=4),
)
def test_whatever_changes_the_record_is_whole_and_no_line_is_lost(place, changes):
    record = RECORDS[place]
    lines = lines_of(record)
    for change in changes:
        lines = _changed(lines, *change)
    try:
        result = aligned(without_words(record), lines)
    except InvalidError:
        assert sum(change == "drop" for change, *_ in changes) or len(record["paragraphs"]) < 4
        return
    Article.model_validate_json(json.dumps(result.record))
    assert not tasrih.validate([result.record], select=WHOLE).findings
    if result.record["metadata"]["source"]:
        paragraphs = " ".join(paragraph["text"] for paragraph in result.record["paragraphs"])
        furniture = {line["line"]: line["text"] for line in result.record["metadata"]["source"]["furniture"]}
        for number, line in enumerate(map(sources.clean, lines), 1):
            assert furniture.get(number) == line or line in paragraphs
    if not Counter(change for change, *_ in changes).keys() - {"spaces", "swap", "decompose"}:
        assert (texts_of(result.record), result.lost, result.exact) == (texts_of(record), (), True)


_SENTENCE = 30  # words of a sentence at most, so that half of a short article is left


def _one_change(kind, words, rng):
    """Words of a paragraph, numbered, after a change of one of them, or of a sentence."""
    place = rng.randrange(len(words))
    if kind == "sentence":
        ends = [0, *(n + 1 for n, (_, word) in enumerate(words) if word[-1] in ".!؟"), len(words)]
        first = max(end for end in ends if end <= place)
        last = min(end for end in ends if end > place)
        return words[:first] + words[last:] if last - first < _SENTENCE else None
    added = [] if kind == "delete" else [(None, rng.choice(words)[1])]
    return words[:place] + added + words[place + (kind != "insert") :]


@pytest.mark.parametrize("kind", ["replace", "delete", "insert", "sentence"])
def test_spans_whose_words_were_not_touched_select_the_same_words(kind):
    """The words of every paragraph are known by number, so that it is known which of them a span should select."""
    rng = random.Random(kind)
    right = Counter()
    for record in RECORDS:
        texts = [list(enumerate(paragraph["text"].split())) for paragraph in record["paragraphs"]]
        number = max(range(len(texts)), key=lambda n: (len(texts[n]) > 12, rng.random()))
        texts[number] = _one_change(kind, texts[number], rng) or texts[number]
        standoff = without_words(record)
        standoff["metadata"]["source"] = None
        result = aligned(standoff, [" ".join(word for _, word in words) for words in texts]).record
        there = Counter((name, text) for name in SPANS for text in texts_of(result, name))
        for name in SPANS:
            for one in located(record, name):
                if _is_intact(one, record["paragraphs"][number], [place for place, _ in texts[number]]):
                    key = name, one.span["text"]
                    right[there[key] > 0] += 1
                    there[key] -= 1
    assert right[True] / right.total() >= 0.999


def _is_intact(one, paragraph, left):
    """Whether the words of a span follow one another among those that are left of a paragraph."""
    if one.place[0] != paragraph["id"]:
        return True
    first = len(re.findall(r"\S+(?=\s)", paragraph["text"][: one.place[1]]))
    numbers = list(range(first, first + len(one.span["text"].split())))
    return first in left and left[left.index(first) :][: len(numbers)] == numbers
