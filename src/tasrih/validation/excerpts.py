"""The offending words of a record, with what stands around them."""

from collections.abc import Iterable
from typing import Any

from tasrih.record import Path
from tasrih.validation.findings import printable

_AROUND = 40
_FIRST: dict[str, Path] = {"quotes": ("spans", 0), "terms": ("span",), "entities": ("mentions", 0)}


def excerpts(record: dict[str, Any], paths: Iterable[Path]) -> list[str]:
    """What the span at each path, or around it, selects: “… before ⟦words⟧ after …”; empty where there is no span."""
    texts = {paragraph["id"]: paragraph["text"] for paragraph in record["paragraphs"]}
    return [_excerpt(texts, _span(record, path)) for path in paths]


def _excerpt(texts: dict[str, str], span: dict[str, Any] | None) -> str:
    text = texts.get(span["paragraph"], "") if span else ""
    if not span or not span["start"] < span["end"] <= len(text):
        return ""
    start, end = span["start"], span["end"]
    words = text[start:end] if end - start <= 2 * _AROUND else f"{text[start : start + _AROUND]}…"
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    cut = "…" if start > _AROUND else "", "…" if len(text) - end > _AROUND else ""
    return printable(f"{cut[0]}{before}⟦{words}⟧{after}{cut[1]}")


def _span(record: dict[str, Any], at: Path) -> dict[str, Any] | None:
    """The deepest span on the way to a value; without one, the first of the quote, term or entity it belongs to."""
    found: dict[str, Any] | None = None
    value: Any = record
    for step in (*at, *_FIRST.get(str(at[0]) if len(at) > 1 else "", ())):
        try:
            value = value[step]
        except (LookupError, TypeError):
            break
        if isinstance(value, dict) and {"paragraph", "start", "end"} <= value.keys():
            found = value
    return found
