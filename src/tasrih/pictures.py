"""Pictures of what is in a corpus, as SVG on a paper of their own, legible on light and dark pages."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from tasrih.phenomena import phenomena
from tasrih.statistics import Statistics

FONTS = "'Noto Naskh Arabic', 'Geeza Pro', 'Segoe UI', 'DejaVu Sans', sans-serif"
PAPER, INK, RULE = "#fffdf8", "#222222", "#d8d2c4"
_BAR, _FAINT = "#0b55a8", "#595959"
_WIDTH, _MARGIN, _ROW, _HEAD = 920, 32, 26, 62
_BINS = ((0, "0"), (4, "1–4"), (8, "5–8"), (12, "9–12"), (16, "13–16"))
_MANY = "17 or more"


class _Row(NamedTuple):
    """A bar: its label in English and in Arabic (may be empty), and how long it is."""

    label: str
    arabic: str
    size: int


def overview(counted: Statistics) -> str:
    """Quotes per article, by type, by kind of cue and by form of the speaker: four charts of bars in one picture."""
    lengths = Counter[str]()
    for quotes, articles in counted.quotes_per_article.items():
        lengths[next((name for most, name in _BINS if int(quotes) <= most), _MANY)] += articles
    counters = {"lengths": lengths, "quotes": counted.quotes, "cues": counted.cues, "speakers": counted.speakers}
    width = (_WIDTH - _MARGIN) // 2
    height = max(_height(len(words()[name]["values"])) for name in counters)
    places = [(column * width, row * height) for row in range(2) for column in range(2)]
    charts = [
        _chart(name, _rows(name, counter), place, (width, 116))
        for (name, counter), place in zip(counters.items(), places, strict=True)
    ]
    described = "; ".join(_described(name, _rows(name, counter)) for name, counter in counters.items())
    return _page("What is in the corpus", described, charts, 2 * height + _MARGIN)


def phenomena_chart(counted: Statistics) -> str:
    """The number of articles that hold each phenomenon, as bars."""
    rows = [_Row(one.slug, "", counted.phenomena[one.slug]) for one in phenomena()]
    chart = _chart("phenomena", rows, (0, 0), (_WIDTH - _MARGIN, 190))
    return _page("Phenomena", _described("phenomena", rows), [chart], _height(len(rows)) + _MARGIN)


@cache
def words() -> dict[str, Any]:
    """What is counted, by the name of its counter: its words in English and Arabic, and the Arabic of each value."""
    return tomllib.loads(Path(__file__).with_name("pictures.toml").read_text(encoding="utf-8"))


def _rows(name: str, counter: Mapping[str, int]) -> list[_Row]:
    return [_Row(value, arabic, counter.get(value, 0)) for value, arabic in words()[name]["values"].items()]


def _height(rows: int) -> int:
    return _HEAD + rows * _ROW + 14


def _described(name: str, rows: Sequence[_Row]) -> str:
    return f"{words()[name]['english']}: {', '.join(f'{row.label} {row.size}' for row in rows)}"


def _chart(name: str, rows: Sequence[_Row], place: tuple[int, int], size: tuple[int, int]) -> str:
    """A chart at a place: its title in both scripts, and a row a bar; `size` is its width and that of the labels."""
    (left, top), (width, labels) = place, size
    told, longest = words()[name], max((row.size for row in rows), default=0) or 1
    room = width - _MARGIN - 2 * labels - 50 if any(row.arabic for row in rows) else width - _MARGIN - labels - 50
    start = left + _MARGIN + labels
    title = f'<text x="{left + _MARGIN}" y="{top + 44}" font-size="15" font-weight="bold">{told["english"]}</text>'
    arabic = _arabic(told["arabic"], left + width, top + 44, 15)
    bars = [_bar(row, start, top + _HEAD + number * _ROW, room * row.size // longest, left + width)
            for number, row in enumerate(rows)]  # fmt: skip
    return "\n".join([title, arabic, *bars])


def _bar(row: _Row, start: int, top: int, length: int, edge: int) -> str:
    parts = [
        f'<text x="{start - 10}" y="{top + 16}" text-anchor="end">{escape(row.label)}</text>',
        f'<rect x="{start}" y="{top + 3}" width="{max(length, 1)}" height="{_ROW - 8}" fill="{_BAR}"/>',
        f'<text x="{start + max(length, 1) + 7}" y="{top + 16}" fill="{_FAINT}">{row.size}</text>',
    ]
    return "".join([*parts, _arabic(row.arabic, edge, top + 16, 14)] if row.arabic else parts)


def _arabic(text: str, right: int, baseline: int, size: int) -> str:
    return f'<text xml:lang="ar" text-anchor="end" x="{right}" y="{baseline}" font-size="{size}">{escape(text)}</text>'


def _page(title: str, described: str, charts: Sequence[str], height: int) -> str:
    template = Path(__file__).with_name("picture.svg").read_text(encoding="utf-8")
    look = {"fonts": FONTS, "paper": PAPER, "rule": RULE, "ink": INK}
    sizes = {"width": _WIDTH, "height": height, "inner_width": _WIDTH - 2, "inner_height": height - 2}
    told = {"title": escape(title), "described": escape(described), "drawn": "\n".join(charts)}
    return Template(template).substitute(look, **sizes, **told)
