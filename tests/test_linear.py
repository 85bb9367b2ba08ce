"""Four times as much takes about four times as long, in processor time: nothing that is read can be made slow."""

import copy
import gzip
import json
import time

import orjson
import pytest
from make_corpus import articles

import tasrih
from tasrih import reading
from tasrih.validation.fixes import fixed
from tasrih.validation.reports import RENDERED
from tasrih.validation.roads import check

PLAIN = next(articles(1, 1))
FEW = 160
SENTENCE = 'قال سالم "جملة هنا". '


def span(text, start, end, **fields):
    return {"paragraph": "p2", "start": start, "end": end, "text": text[start:end], **fields}


def record(text, **fields):
    """A record with one paragraph to speak of."""
    made = copy.deepcopy(PLAIN) | {"quotes": [], "terms": [], "entities": []} | fields
    made["paragraphs"] = [{"id": "p1", "role": "headline", "text": "عنوان"}, {"id": "p2", "role": "body", "text": text}]
    return made


def quotes(count, shift=0, **fields):
    """A record of as many quotes by one speaker; their spans begin `shift` letters too late."""
    text, size = (SENTENCE * count).strip(), len(SENTENCE)
    starts = [size * number for number in range(count)]
    made = record(text, **fields)
    mentions = [span(text, start + 4, start + 8, form="named") for start in starts]
    made["entities"] = [{"id": "e1", "type": "PERS", "name": "سالم", "mentions": mentions}]
    for number, start in enumerate(starts, 1):
        speaker = {"entity": "e1", "form": "named", "span": span(text, start + 4, start + 8)}
        said = span(text, start + 10, start + 18)
        said |= {"start": said["start"] + shift, "end": said["end"] + shift}
        cue = span(text, start, start + 3, kind="verb")
        quote = {"id": f"q{number}", "type": "direct", "spans": [said], "speaker": speaker, "cue": cue}
        made["quotes"].append(quote)
    return made


def wide(count, starts):
    """A record of quotes that begin at 0, 1, 2 …; all words are one letter."""
    text = "ا" * (3 * count)
    spans = [span(text, start, end) for start, end in starts(count)]
    listed = [{"type": "indirect", "spans": [one], "speaker": None, "cue": None} for one in spans]
    return record(text, quotes=[{"id": f"q{number}", **quote} for number, quote in enumerate(listed, 1)])


def nested(count):
    return wide(count // 3, lambda count: [(start, 2 * count - start) for start in range(count)])


def crossing(count):
    return wide(count // 3, lambda count: [(start, count + start) for start in range(count)])


def in_parts(count):
    text = "ا " * count + "ا"
    parts = [span(text, 2 * place, 2 * place + 1) for place in range(count)][::-1]
    return record(text, quotes=[{"id": "q1", "type": "indirect", "spans": parts, "speaker": None, "cue": None}])


def in_a_chain(count):
    made = quotes(count)
    for number, quote in enumerate(made["quotes"]):
        quote["parent"] = f"q{number or count}"
    return made


def out_of_order(count):
    made = quotes(count)
    made["entities"][0]["mentions"].reverse()
    return made


def at_one_place(count):
    made = quotes(1)
    entity = made["entities"][0]
    made["entities"] = [entity | {"id": f"e{number}"} for number in range(1, count + 1)]
    return made


def in_many_paragraphs(count):
    made = quotes(2)
    made["paragraphs"] += [
        {"id": f"p{number + 3}", "role": "body", "text": f'فقرة  {number} "س'} for number in range(count)
    ]
    return made


def misspelt(count):
    made = quotes(count)
    for quote in made["quotes"]:
        quote |= {"type": "dirct", "spam": 1}
    return made


def names_not_marked(count):
    """A record of as many names of two words that begin alike, each marked once and left unmarked once."""
    text = " ".join(f"سالم بدر{number} وسالم بدر{number}" for number in range(count))
    made, place = record(text), 0
    for number in range(count):
        place = text.index("سالم", place)
        name = span(text, place, text.index(" ", place + 5), form="named")
        made["entities"].append({"id": f"e{number + 1}", "type": "PERS", "name": name["text"], "mentions": [name]})
        place = text.index("سالم", place + 4) + 4
    return made


RECORDS = {
    "quotes": quotes,
    "quotes shifted": lambda count: quotes(count, 1),
    "quotes nested": nested,
    "quotes crossing": crossing,
    "one quote in parts": in_parts,
    "quotes in a circle": in_a_chain,
    "mentions out of order": out_of_order,
    "entities at one place": at_one_place,
    "names not marked": names_not_marked,
    "paragraphs": in_many_paragraphs,
    "unknown fields": misspelt,
    "waivers": lambda count: quotes(
        2, waivers=[{"rule": "Q101", "at": f"/quotes/{number}", "reason": "x"} for number in range(count)]
    ),
    "marks": lambda count: record("« " * count + "ا"),
}
TEXTS = {
    "keys twice": lambda count: "{" + ",".join(f'"k{number}":1,"k{number}":2' for number in range(count)) + "}",
    "no numbers": lambda count: f"[{','.join(['NaN'] * count)}]",
    "half characters": lambda count: "[" + ",".join(['"\\ud800"'] * count) + "]",
    "lines of findings": lambda count: json.dumps(quotes(count, 1), ensure_ascii=False, indent=1),
}
BYTES = {name: lambda count, make=make: orjson.dumps(make(count)) for name, make in RECORDS.items()}
BYTES |= {name: lambda count, make=make: make(count).encode() for name, make in TEXTS.items()}


def looked_through(data):
    """Seconds of processor time for all that is done with a record."""
    began = time.process_time()
    report = check("a.json", data)
    for rendering in RENDERED.values():
        rendering(report, None)
    fixed("a.json", data)
    return time.process_time() - began


@pytest.mark.parametrize("kind", BYTES)
def test_time_grows_with_the_bytes(kind):
    small, large = BYTES[kind](FEW), BYTES[kind](4 * FEW)
    looked_through(small)
    times = len(large) / len(small)
    assert looked_through(large) < 2.5 * times * (looked_through(small) + 0.05)


def test_packed_lines_are_unpacked_once_for_all_their_doubles(tmp_path, monkeypatch):
    made = list(articles(40, 1))
    lines = [orjson.dumps(one) for one in made] + [orjson.dumps(one | {"id": f"{one['id']}-x"}) for one in made]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"\n".join(lines)))
    calls = []
    unpacked = reading._lines
    monkeypatch.setattr(reading, "_lines", lambda *given: calls.append(given) or unpacked(*given))
    assert tasrih.validate([tmp_path / "a.jsonl.gz"]).by_code() == {"C102": 40}
    assert len(calls) == 3  # whether there is a record, the records, and the doubles among them


def test_what_is_not_in_a_long_source_is_looked_for_within_a_limit(tmp_path, monkeypatch, seed):
    (tmp_path / "articles/news").mkdir(parents=True)
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a.txt").write_text("\n".join(f"سطر {number}" for number in range(200)), encoding="utf-8")
    seed["metadata"]["source"]["path"] = "sources/a.txt"
    (tmp_path / f"articles/news/{seed['id']}.json").write_text(json.dumps(seed), encoding="utf-8")
    monkeypatch.setattr("tasrih.validation.rules.metadata._SEARCHED", 100_000)
    found = [finding.message for finding in tasrih.validate([tmp_path]) if finding.code == "M109"]
    assert 2 < len(found) < 200
    assert "those after it were not looked for" in found[-1]
