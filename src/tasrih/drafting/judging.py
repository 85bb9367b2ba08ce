"""Whether a stretch in marks is speech, and of which type: what two models make of the rules and of what is around it.

The rules answer first, and their answers are features. A model overrules them where it is sure enough.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from tasrih.drafting.attribution import as_speech
from tasrih.drafting.contents import is_verbal, takes_content
from tasrih.drafting.cues import describes, word_at
from tasrih.drafting.kinds import type_of
from tasrih.drafting.scenes import Attribution, Scene
from tasrih.drafting.trees import chances, models
from tasrih.text.lists import is_listed, listed
from tasrih.text.marks import is_last
from tasrih.text.sentences import ENDS
from tasrih.text.words import CONJUNCTIONS, all_folded, words_in

Text = tuple[str, str]
Row = dict[str, float]
Judged = tuple[int, Attribution, Scene]
"""A stretch with the number of its paragraph and what it was judged by."""
SPEECH, DIRECT = "speech", "direct"
"""The models: of a stretch that it is speech, of speech that it is direct."""
_SURE, _SURE_TYPE = 0.65, 0.6  # how likely speech or none, and a type, is that overrules the rules
_FIRM = (
    "described",
    "proverb",
    "quality",
    "relative",
    "work",
)  # rules that see the words that decide, and are not overruled
_MANY, _FAR = 30, 40  # words and characters that are told apart no further
_NAME = 4  # words of what is no name any more
_NEAR = 20  # characters after a stretch whose first word is looked at
_OWN = ("نا", "ني")  # endings of who speaks of himself
_SELF = frozenset(("انا", "نحن", "اننا", "انني", "اني", "لدينا", "علينا", "لنا", "لي"))


def judge(paragraphs: list[Text], by_paragraph: list[list[Attribution]]) -> None:
    """Gives the stretches of an article the type that is likeliest, and how likely that is."""
    judged = stretches(by_paragraph)
    if not judged or not {SPEECH, DIRECT} <= models().keys():
        return
    rows = features(paragraphs, judged)
    speech, direct = (chances(models()[name], rows).tolist() for name in (SPEECH, DIRECT))
    for (_, attribution, scene), *likely in zip(judged, speech, direct, strict=True):
        _settle(attribution, scene, *likely)


def stretches(by_paragraph: list[list[Attribution]]) -> list[Judged]:
    """The stretches of an article that stand in marks, in reading order."""
    return [(number, one, one.scene) for number, others in enumerate(by_paragraph) for one in others if one.scene]


def _settle(attribution: Attribution, scene: Scene, speech: float, direct: float) -> None:
    """Gives a stretch its type, by how likely it is speech, and direct if it is."""
    if attribution.rule not in _FIRM:
        _overrule(attribution, scene, speech)
    if not attribution.is_speech:
        attribution.confidence = round(1 - speech, 2)
        return
    if attribution.rule not in _FIRM and max(direct, 1 - direct) > _SURE_TYPE:
        attribution.type = "direct" if direct > _SURE_TYPE else "partial"
    attribution.confidence = round(speech * (direct if attribution.type == "direct" else 1 - direct), 2)


def _overrule(attribution: Attribution, scene: Scene, speech: float) -> None:
    """Makes a term of what is said to be speech, or speech of a term, where a model is sure enough."""
    if attribution.is_speech and speech < 1 - _SURE:
        attribution.type, attribution.rule = "name" if len(scene.inside) < _NAME else "other", "likelier-term"
        attribution.cue, attribution.subject = None, ()
    elif not attribution.is_speech and speech > _SURE:
        said = as_speech(scene)
        attribution.type, attribution.rule = said.type, said.rule
        attribution.cue, attribution.subject = said.cue, said.subject


def features(paragraphs: list[Text], judged: list[Judged]) -> list[Row]:
    """What is known of each stretch of an article, by feature."""
    lengths = sum(len(scene.inside) for *_, scene in judged)
    article = {"pairs": min(len(judged), _MANY), "mean-length": lengths / max(len(judged), 1)}
    rows = []
    for (number, one, scene), again in zip(judged, _again(paragraphs, judged), strict=True):
        row = _rules(one, scene)
        for more in (_cue(scene), _before(scene), _inside(scene), _around(paragraphs[number], scene), again, article):
            row.update(more)
        rows.append(row)
    for place in range(1, len(judged)):
        if judged[place - 1][0] == judged[place][0]:
            _join(judged[place - 1 : place + 1], rows[place - 1 : place + 1])
    return rows


def _rules(attribution: Attribution, scene: Scene) -> Row:
    """What the rules say, and what those for types would."""
    rule, (kind, confidence) = type_of(scene)
    return {
        f"rule {attribution.rule}": 1,
        f"type {attribution.type}": 1,
        "confidence": attribution.confidence,
        "speech": attribution.is_speech,
        "speaker": len(attribution.subject),
        f"type-rule {rule}": 1,
        "type-rule direct": kind == "direct",
        "type-rule confidence": confidence,
    }


def _cue(scene: Scene) -> Row:
    """What reports the stretch, and how far off."""
    cue = scene.cue
    if cue is None:
        return {"cue none": 1}
    word, between = word_at(scene.text, cue), scene.between
    since = (place for place, other in enumerate(reversed(between)) if other.folded in listed("that"))
    return {
        f"cue {cue.kind}": 1,
        "describes": describes(scene.text, cue),
        "says": word.lstrip(CONJUNCTIONS) in listed("saying"),
        "takes-content": takes_content(word),
        "between": min(len(between), _MANY),
        "that": scene.has_that,
        "since-that": next(since, _MANY),
        "marks-since": sum(cue.end < other.pair.start for other in scene.earlier),
    }


def _before(scene: Scene) -> Row:
    """What governs the stretch."""
    row: Row = {"colon": scene.follows_colon, "before": min(len(scene.before), _MANY)}
    if scene.last is None:
        return row | {"last none": 1}
    last = scene.last.folded
    row |= {f"last {name}": is_listed(last, name) for name in ("governors", "works", "that", "prepositions")}
    row |= {"last definite": last.startswith("ال")}
    return row | {"last-but-one definite": any(word.folded.startswith("ال") for word in scene.before[-2:-1])}


def _inside(scene: Scene) -> Row:
    """What words the stretch has, and with what it ends."""
    length = max(len(scene.inside), 1)
    counts = [sum(column) for column in zip(*(_shape(word.folded) for word in scene.inside), strict=True)] or [0] * 6
    names = ("ordinary", "given", "unlisted", "definite", "verbs", "self")
    text, first = scene.text[scene.pair.start : scene.pair.end], scene.first
    rest = words_in(scene.text, scene.closing, scene.closing + _NEAR)
    return {name: count / length for name, count in zip(names, counts, strict=True)} | {
        "words": min(len(scene.inside), _MANY),
        "verb count": counts[4],
        "stops": any(end in text for end in ENDS),
        "first definite": first.startswith("ال"),
        "first feminine": first.endswith("ه"),
        "first verbal": is_verbal(first.removeprefix("ال"), text.split(" ", 1)[0]),
        "first verb": _is_verb(first),
        "first conjunction": first.startswith(tuple(CONJUNCTIONS)),
        "after preposition": bool(rest) and rest[0].folded in listed("prepositions"),
        "after and": bool(rest) and rest[0].folded.startswith("و"),
    }


@lru_cache(maxsize=1 << 14)
def _shape(word: str) -> tuple[bool, bool, bool, bool, bool, bool]:
    """On which lists a word is, and what it looks like: ordinary, given, unlisted, definite, a verb, of oneself."""
    ordinary, given = is_listed(word, "ordinary"), is_listed(word, "given")
    listed_ = ordinary or given or any(is_listed(word, name) for name in ("surnames", "placenames", "foreign"))
    own = word in _SELF or (len(word) > _NAME and word.endswith(_OWN))
    return ordinary, given, not listed_, word.startswith("ال"), _is_verb(word), own


@lru_cache(maxsize=1 << 14)
def _is_verb(word: str) -> bool:
    """Whether a word looks like a verb of the present or the future, or denies or makes a sentence past."""
    form = word[1:] if word[:1] in ("و", "ف", "س") and len(word) > _NAME else word
    present = form[:1] in ("ي", "ت", "ن") and len(form) >= _NAME and not form.endswith("ه")
    verb = present and not is_verbal(form, form) and is_listed(form, "ordinary")
    return verb or form in listed("was") or form in listed("denying")


def _around(paragraph: Text, scene: Scene) -> Row:
    """Where in its paragraph the stretch stands."""
    role, text = paragraph
    start, end, missing = scene.pair
    outer = (one for one in scene.earlier if one.is_speech and one.pair.start < start and end <= one.pair.end)
    return {
        f"role {role}": 1,
        "missing": bool(missing),
        "loose": text[start - 1 : start].isspace(),
        "nested": any(True for _ in outer),
        "place": start / max(len(text), 1),
        "share": (end - start) / max(len(text), 1),
        "ends sentence": is_last(text, scene.closing) or text[scene.closing] in ENDS,
    }


def _join(judged: list[Judged], rows: list[Row]) -> None:
    """Tells two stretches of a paragraph, one after the other, of each other."""
    (_, one, scene), (_, other, later) = judged
    gap = min(max(later.opening - scene.closing, 0), _FAR)
    rows[0] |= {"later": 1, "later confidence": other.confidence, "later gap": gap}
    rows[1] |= {"earlier": 1, "earlier confidence": one.confidence, "earlier gap": gap}


def _again(paragraphs: list[Text], judged: list[Judged]) -> Iterator[Row]:
    """How often the words of each stretch stand in the article, in marks and at all."""
    keys = [tuple(word.folded for word in scene.inside) for *_, scene in judged]
    marked = Counter(keys)
    roles = {(key, paragraphs[number][0] == "body") for key, (number, *_) in zip(keys, judged, strict=True)}
    whole = f" {' '.join(chain.from_iterable(all_folded(text) for _, text in paragraphs))} "
    times = {key: whole.count(f"{' '.join(key)} ") if 0 < len(key) <= _NAME else 1 for key in marked}
    for key in keys:
        again: Row = {"marked again": min(marked[key], _NAME), "again": max(0, min(times[key] - marked[key], _NAME))}
        yield again | {"in headline": (key, False) in roles, "in body": (key, True) in roles}
