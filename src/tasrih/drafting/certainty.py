"""How sure a draft is of a quote: the chance that its span and its speaker are right, by a model of boosted trees."""

from collections import Counter

from tasrih.drafting.trees import Row, chances, models
from tasrih.record import WITHOUT_MARKS, Json

SURE = "sure"
_DIGITS = 2


def weigh(quotes: list[Json]) -> None:
    """Gives drafted quotes, whose speakers are entities still, the chance that they are right as their confidence."""
    model = models().get(SURE)
    for quote, chance in zip(quotes, chances(model, rows(quotes)) if model and quotes else (), strict=False):
        quote["provenance"]["confidence"] = round(float(chance), _DIGITS)


def rows(quotes: list[Json]) -> list[Row]:
    """What is known of each quote of an article; no feature is a word or a name."""
    said = Counter(id(quote["speaker"]["entity"]) for quote in quotes if quote["speaker"])
    made: list[Row] = []
    last: Json | None = None
    for place, quote in enumerate(quotes):
        made.append(_of_quote(quote, place) | _of_cue(quote) | _of_speaker(quote, last, said))
        last = quote["speaker"] or last
    return made


def _of_quote(quote: Json, place: int) -> dict[str, float]:
    span, rule = quote["spans"][0], quote["provenance"]
    return {
        "chance by rule": rule["confidence"],
        f"rule {rule['rule']}": 1.0,
        f"type {quote['type']}": 1.0,
        "marked": float(quote["type"] not in WITHOUT_MARKS),
        "length": float(span["end"] - span["start"]),
        "start": float(span["start"]),
        "nested": float(quote["parent"] is not None),
        "spans": float(len(quote["spans"])),
        "quotes before": float(place),
    }


def _of_cue(quote: Json) -> dict[str, float]:
    cue, span = quote["cue"], quote["spans"][0]
    if cue is None:
        return {"no cue": 1.0}
    near = cue["paragraph"] == span["paragraph"]
    return {f"cue {cue['kind']}": 1.0, "from cue": float(span["start"] - cue["end"]) if near else 0.0}


def _of_speaker(quote: Json, last: Json | None, said: Counter[int]) -> dict[str, float]:
    """What is known of who speaks: how it is called here, where, what made it, and how often it comes."""
    speaker = quote["speaker"]
    if speaker is None:
        return {"nobody": 1.0}
    entity, phrase, place = speaker["entity"], speaker["span"], quote["cue"] or quote["spans"][0]
    known = {
        f"form {speaker['form']}": 1.0,
        f"entity {entity.type}": 1.0,
        f"made by {entity.rule}": 1.0,
        "mentions": float(len(entity.mentions)),
        "speeches": float(said[id(entity)]),
        "words of name": float(len(entity.name.split())),
        "titles": float(len(entity.titles)),
        "known": float(entity.known is not None),
        "spoke last": float(last is not None and last["entity"] is entity),
    }
    if phrase:
        known |= {"phrase": float(len(phrase["text"])), "from speaker": float(phrase["start"] - place["end"])}
    return known
