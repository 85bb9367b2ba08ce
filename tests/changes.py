"""Seeded changes of a record: one fact or one item at a time, near what rules look for."""

import orjson

LETTERS = [
    '"',
    "«",
    "»",
    "'",
    "`",
    ",,",
    "〝",
    " ",
    "  ",
    "\u00a0",
    "ـ",
    "ّ",
    "و",
    "x",
    "ک",
    "\u200f",
    "\ufb50",
    "\ufffe",
    "&nbsp;",
    "|",
]
IDS = ["p1", "p2", "p9", "q1", "q2", "q9", "e1", "e2", "e3", "e9", "t1"]
VALUES = {
    "type": ["direct", "partial", "indirect", "PERS", "ORG", "GPE", "LOC", "OCC", "DATE", "LAW"],
    "form": ["named", "nominal", "pronominal", "elided"],
    "role": ["headline", "subheading", "body", "caption"],
    "kind": ["verb", "noun", "preposition", "punctuation", "name", "scare"],
    "origin": ["published", "composed"],
    "collection": ["composed", "news", "drafts"],
    "status": ["draft", "reviewed"],
    "redistribution": ["permitted", "unknown", "withheld"],
    "license": [None, "CC-BY-4.0"],
    "published": [None, "2021-05-03", "2021-05-04", "2090-01-01"],
    "guidelines": ["1.0", "1.1", "1.2", "9.9"],
    "value": [None, "2021", "2021-05", "2021-05-03", "2021-05-04", "2020-05-03"],
    "link": [None, "sergey-lavrov", "nowhere"],
}
LISTS = ["paragraphs", "quotes", "terms", "entities"]


def _places(value, path=()):
    """The paths of all facts."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in entries:
        if isinstance(item, dict | list):
            yield from _places(item, (*path, key))
        else:
            yield (*path, key)


def _fact(name, value, rng):
    """Another value of a field."""
    if name in VALUES and rng.random() < 0.8:
        return rng.choice(VALUES[name])
    if value is None:
        return rng.choice(IDS)
    if isinstance(value, int):
        return max(0, value + rng.choice([-40, -2, -1, 1, 2, 40]))
    if rng.random() < 0.3 and name in ("entity", "parent", "continues", "paragraph", "id"):
        return rng.choice(IDS)
    place = rng.randint(0, len(value))
    rest = value[place + 1 :] if rng.random() < 0.5 else value[place:]
    return value[:place] + rng.choice(["", *LETTERS]) + rest


def _change_fact(record, rng):
    *way, name = rng.choice(list(_places(record)))
    holder = record
    for step in way:
        holder = holder[step]
    holder[name] = _fact(name, holder[name], rng)


def _change_items(record, rng):
    items = record[rng.choice(LISTS)]
    if items:
        item = items.pop(rng.randrange(len(items)))
        if rng.random() < 0.6:
            items.insert(rng.randint(0, len(items)), item)


def _lose(record, rng):
    """A quote without its cue, speaker or addressee, or with its parts in another order."""
    if record["quotes"]:
        quote = rng.choice(record["quotes"])
        quote[rng.choice(["cue", "speaker", "addressee"])] = None
        quote["spans"].reverse()


def _move_mention(record, rng):
    mentions = rng.choice(record["entities"])["mentions"] if record["entities"] else []
    if len(mentions) > 1 or (mentions and len(record["entities"]) > 1):
        rng.choice(record["entities"])["mentions"].append(mentions[rng.randrange(len(mentions))])


def _move_span(record, rng):
    """A span, with its text, that begins or ends elsewhere in its paragraph."""
    spans = [span for quote in record["quotes"] for span in [*quote["spans"], quote["cue"]] if span]
    spans += [mention for entity in record["entities"] for mention in entity["mentions"]]
    texts = {paragraph["id"]: paragraph["text"] for paragraph in record["paragraphs"]}
    span = rng.choice(spans) if spans else {"paragraph": ""}
    text = texts.get(span["paragraph"], "")
    if text:
        edges = sorted(rng.sample(range(len(text) + 1), 2))
        near = [span["start"], min(len(text), span["end"] + rng.choice([-8, -1, 1, 4]))]
        start, end = rng.choice([edges, sorted(near)])
        span.update(start=start, end=end, text=text[start:end])


KINDS = [_change_fact, _change_fact, _change_fact, _change_items, _lose, _move_mention, _move_span]


def changed(record, rng):
    """A copy of a record with one or two changes; the same generator makes the same ones."""
    record = orjson.loads(orjson.dumps(record))
    for _ in range(rng.randint(1, 2)):
        rng.choice([_change_fact, _change_fact, _change_fact, _change_items, _lose, _move_mention, _move_span])(
            record, rng
        )
    return record
