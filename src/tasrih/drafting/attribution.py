"""What stretches in marks are, who said them, and which words say so: rules that are asked one after the other."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from tasrih.drafting.cues import (
    THAT,
    Cue,
    cue_after,
    cue_before,
    describes,
    headline_colon,
    is_weak,
    reporting,
    subject,
    word_at,
)
from tasrih.drafting.pairing import Pair
from tasrih.drafting.words import Word, bare, is_listed, listed, words, words_in
from tasrih.quotation import CLOSING, DOUBLED, EITHER, GLYPHS, ending, mark_after, mark_before, starting

_DUMMY = frozenset(["انه", "بانه"])
_WHAT = frozenset(["ما", "بما", "مما", "لما", "عما"])
_FRAGMENT = ("بال", "لان", "لل", "بين")
_REACH, _RECENT, _NEAR, _LABEL = 1500, 40, 12, 5
_MARKS = f" {GLYPHS}{DOUBLED}ـ("
_CLOSERS = re.escape(CLOSING + EITHER + "'’❜>")
_SENTENCE = re.compile(rf"(?<!\sد)(?<!\sم)(?<!\sأ)[.!؟?…][{_CLOSERS}]{{0,3}}\s+|[{_CLOSERS}][.!؟?]\s*|\n")


@dataclass(eq=False)
class Attribution:
    """A stretch in marks: a quote of some type with a cue and a speaker's phrase, or a term of some kind.

    `subject` holds the words of the speaker's phrase, empty where the text has none, `context` the words of the
    sentence before, `named` the name in marks with which the speaker's phrase ends; `rule` says why. Speech over
    paragraphs has `parts` in those that follow; `told` is the paragraph with its cue where that is another one, and
    how it is told there.
    """

    pair: Pair
    type: str
    rule: str
    confidence: float
    cue: Cue | None = None
    subject: tuple[Word, ...] = ()
    context: tuple[Word, ...] = ()
    named: Pair | None = None
    parts: list[tuple[int, Pair]] = field(default_factory=list)
    told: tuple[int, "Attribution"] | None = None

    @property
    def is_marked(self) -> bool:
        """Whether it stands in marks."""
        return self.type != "indirect"

    @property
    def is_speech(self) -> bool:
        """Whether it is a quote."""
        return self.type in ("direct", "partial", "indirect")


@dataclass(frozen=True)
class Scene:
    """A stretch in marks with what rules look at: the words of its sentence before it, and the stretches around."""

    text: str
    pair: Pair
    before: list[Word]
    following: Pair | None
    earlier: list[Attribution]

    @cached_property
    def inside(self) -> list[Word]:
        """The words of the stretch."""
        return words_in(self.text, self.pair.start, self.pair.end)

    @cached_property
    def first(self) -> str:
        """The first word of the stretch, folded."""
        return self.inside[0].folded if self.inside else ""

    @cached_property
    def _found(self) -> tuple[Cue | None, int]:
        return cue_before(self.text, self.before, self.pair.start)

    @property
    def cue(self) -> Cue | None:
        """The reporting word before it."""
        return self._found[0]

    @property
    def place(self) -> int:
        """The place of the cue among the words before."""
        return self._found[1]

    @property
    def between(self) -> list[Word]:
        """The words between the cue and the stretch."""
        return self.before[self.place + 1 :]

    @cached_property
    def opening(self) -> int:
        """Where its opening mark stands."""
        mark = mark_before(self.text, self.pair.start)
        return mark.start if mark else self.pair.start - 1

    @cached_property
    def closing(self) -> int:
        """Where its closing mark ends."""
        mark = mark_after(self.text, self.pair.end)
        return mark.end if mark else self.pair.end + 1

    @cached_property
    def last(self) -> Word | None:
        """The word right before the mark."""
        word = self.before[-1] if self.before else None
        near = word is not None and self.pair.start - word.end < 25
        return word if word and near and not self.text[word.end : self.pair.start].strip(_MARKS) else None

    @cached_property
    def lead(self) -> str:
        """The text between the cue and the mark."""
        return self.text[self.cue.end : self.opening].rstrip(_MARKS) if self.cue else ""

    @property
    def is_glued(self) -> bool:
        """Whether a proclitic is joined to the mark."""
        return self.text[max(0, self.opening - 1) : self.opening] in ("ب", "ل", "ـ")

    @property
    def adjoins(self) -> bool:
        """Whether the next stretch follows at once."""
        mark = mark_before(self.text, self.following.start) if self.following else None
        return mark is not None and re.fullmatch(r"\s*:?\s*", self.text[self.closing : mark.start]) is not None


Rule = Callable[[Scene], tuple[str, float] | None]


def attributions(text: str, pairs: list[Pair]) -> list[Attribution]:
    """One attribution a pair of marks, in their order; a stretch whose beginning cannot be told is left out."""
    found: list[Attribution] = []
    for number, pair in enumerate(pairs):
        before = _before(text, pairs[max(0, number - _RECENT) : number], pair)
        bounded = _bounded(text, before, pair)
        if bounded:
            following = pairs[number + 1] if number + 1 < len(pairs) else None
            found.append(_attributed(Scene(text, bounded, before, following, found[-_RECENT:])))
            found[-1].context = tuple(before)
    return found


def introduced(text: str, pairs: list[Pair]) -> Attribution | None:
    """How a paragraph that ends with a colon introduces the speech in the next: its cue and speaker, or a label."""
    nothing = Pair(len(text), len(text))
    before = _before(text, pairs[-_RECENT:], nothing)
    scene = Scene(text, nothing, before, None, [])
    if cue := scene.cue:
        speaker = subject(text, before, scene.place, cue)
        return Attribution(nothing, "direct", "colon-before-paragraph", 0.85, cue, speaker, tuple(before))
    if not before or len(before) > _LABEL or is_listed(before[0].folded, "labels"):
        return None
    cue = Cue(len(text) - 1, len(text), "punctuation")
    return Attribution(nothing, "direct", "label-before-paragraph", 0.7, cue, tuple(before), tuple(before))


@lru_cache(maxsize=1 << 6)
def sentence_ends(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text end, and where the next ones begin; also inside marks."""
    return [match.span() for match in _SENTENCE.finditer(text)]


def _before(text: str, earlier: list[Pair], pair: Pair) -> list[Word]:
    """The words of the sentence before a stretch, those inside other marks left out."""
    inside = [other for other in earlier if other.end < pair.start]
    start = max((other.start for other in earlier if other.end > pair.end), default=max(0, pair.start - _REACH))
    ends = sentence_ends(text)
    for end, following in reversed(ends[bisect_left(ends, (start,)) : bisect_left(ends, (pair.start,))]):
        if following < pair.start and not any(other.start <= end < other.end for other in inside):
            start = following
            break
    return _outside(words_in(text, start, pair.start), inside)


def _outside(found: list[Word], inside: list[Pair]) -> list[Word]:
    """The words that stand in none of the stretches, which are in the order of their beginnings."""
    kept: list[Word] = []
    number, end = 0, 0
    for word in found:
        while number < len(inside) and inside[number].start <= word.start:
            end, number = max(end, inside[number].end), number + 1
        if word.start >= end:
            kept.append(word)
    return kept


def _bounded(text: str, before: list[Word], pair: Pair) -> Pair | None:
    """The stretch with a beginning where its opening mark is missing: after the أن or إلى of the cue."""
    if pair.missing != "opening":
        return pair if text[pair.start : pair.end].strip(f" {GLYPHS}") else None
    cue = max((number for number, word in enumerate(before) if reporting(word) and not is_weak(word)), default=-1)
    openers = [word for word in before[cue + 1 :] if word.folded in THAT or (cue >= 0 and word.folded == "الي")]
    if not openers:
        return None
    end = (openers[0] if cue >= 0 else openers[-1]).end
    inside = text[end : pair.end]
    start, end = pair.end - len(inside.lstrip()), end + len(inside.rstrip())
    held = starting(text, start) and ending(text, end)
    return pair._replace(start=start, end=end) if start < end and not held else None


def _attributed(scene: Scene) -> Attribution:
    for rule in TERM_RULES:
        if kind := rule(scene):
            return Attribution(scene.pair, kind[0], _name(rule), kind[1])
    if scene.cue:
        return _reported(scene, scene.cue)
    return _unreported(scene)


def _reported(scene: Scene, cue: Cue) -> Attribution:
    """Speech with a cue before it."""
    rule, (kind, confidence) = next((rule, found) for rule in TYPE_RULES if (found := rule(scene)))
    named = [other for other in scene.earlier if other.rule == "speaker-in-marks" and other.pair.start > cue.end]
    if not named:
        speaker = subject(scene.text, scene.before, scene.place, cue)
        return Attribution(scene.pair, kind, _name(rule), confidence, cue, speaker)
    speaker = tuple(words(scene.text, named[-1].pair.start, named[-1].pair.end))
    kind = "direct" if scene.pair.start - named[-1].pair.end < 6 else kind
    return Attribution(scene.pair, kind, "after-speaker-in-marks", confidence, cue, speaker)


def _unreported(scene: Scene) -> Attribution:
    """What has no cue before it: speech by a colon, by a cue after it, by going on, by its length; or a term."""
    pair, length = scene.pair, len(scene.inside)
    nested = any(other.pair.start < pair.start and pair.end <= other.pair.end for other in scene.earlier)
    if not nested and (colon := headline_colon(scene.text, scene.before, pair.start)):
        adjoins = scene.text[max(0, scene.opening - _NEAR) : scene.opening].rstrip().endswith(":")
        return Attribution(pair, "direct" if adjoins and length > 2 else "partial", "headline-colon", 0.7, *colon)
    named = length < 4 and (scene.is_glued or (scene.last is not None and scene.last.folded in listed("prepositions")))
    if not named and (after := cue_after(scene.text, pair.end, short=length < 4)):
        return Attribution(pair, "direct" if length > 3 else "partial", "cue-after", 0.8, *after)
    speech = (other for other in reversed(scene.earlier) if other.is_speech)
    last = next((other for other in speech if not (other.cue and pair.start <= other.cue.start < pair.end)), None)
    if length >= 5 and last:
        return Attribution(pair, "direct", "goes-on", 0.6, last.cue, last.subject)
    if length >= 7:
        return Attribution(pair, "direct", "long", 0.5)
    return Attribution(pair, "name" if length < 4 else "other", "no-cue", 0.6)


def _name(rule: Rule) -> str:
    return rule.__name__.strip("_").replace("_", "-")


def _governs(word: Word) -> bool:
    return any(form in listed("governors") for form in bare(word.folded))


def _governor(scene: Scene) -> tuple[str, float] | None:
    """حركة "…", بعنوان "…"."""
    last = scene.last
    if last is None or not _governs(last) or (last.folded.startswith("ال") and scene.cue and _subject_of(scene)):
        return None
    return ("title" if "عنوان" in last.folded or len(scene.inside) > 4 else "name"), 0.9


def _subject_of(scene: Scene) -> bool:
    """Whether the word before the mark is the subject of what the marks hold, or of a cue whose speech follows."""
    return scene.adjoins or any(word.folded in THAT for word in scene.between)


def _governor_and_adjectives(scene: Scene) -> tuple[str, float] | None:
    """وكالة الأنباء الفلسطينية "…"."""
    before = scene.before
    if scene.cue and any(word.folded in THAT for word in scene.between):
        return None
    for place in range(2, 4):
        adjectives = len(before) >= place and all(word.folded.startswith("ال") for word in before[-place + 1 :])
        governor = before[-place] if scene.last and adjectives else None
        if governor and len(scene.inside) < 7 and _governs(governor) and not governor.folded.startswith("ال"):
            return "name", 0.8
    return None


def _speaker_in_marks(scene: Scene) -> tuple[str, float] | None:
    """قال "فلان": "…", or اعتبرت "فلانة"، … أن "…"."""
    if not scene.cue or len(scene.inside) > 3 or (scene.place and scene.before[scene.place - 1].folded in _WHAT):
        return None
    if scene.adjoins:
        return "name", 0.8
    apart = scene.following and scene.text[scene.closing : scene.closing + 5].lstrip().startswith("،")
    return ("name", 0.7) if apart and scene.cue.kind == "verb" and not scene.lead.strip() else None


def _named_so(scene: Scene) -> tuple[str, float] | None:
    """توصف بأنها "…", ما يسمى "…"."""
    near = scene.before[-2:]
    return ("scare", 0.7) if any(form in listed("naming") for word in near for form in bare(word.folded)[:2]) else None


def _institution(scene: Scene) -> tuple[str, float] | None:
    """The name of an institution by itself."""
    colon = scene.text[max(0, scene.opening - 5) : scene.opening].rstrip().endswith(":")
    return ("name", 0.7) if len(scene.inside) < 6 and not colon and is_listed(scene.first, "organisations") else None


def _far_from_cue(scene: Scene) -> tuple[str, float] | None:
    """One word that a cue does not reach: قرر … الدعوة إلى يوبيل "الرحمة"."""
    that = any(word.folded in THAT for word in scene.between)
    governed = scene.last is not None and scene.last.folded in listed("prepositions")
    far = scene.cue and len(scene.inside) < 2 and len(scene.between) > 3
    return ("name", 0.6) if far and not that and not governed and not scene.is_glued else None


def _told_to(scene: Scene) -> tuple[str, float] | None:
    """قال لـ"…" إن …, اتهم "…" بأنها …."""
    to = scene.text[max(0, scene.opening - 3) : scene.opening].rstrip("ـ ").endswith("ل")
    described = scene.cue is not None and describes(scene.text, scene.cue)
    if not scene.cue or len(scene.inside) > 4 or not (to or described):
        return None
    rest = words_in(scene.text, scene.pair.end, scene.pair.end + _NEAR)
    goes_on = to and scene.text[scene.closing : scene.closing + 3].lstrip().startswith(":")
    return ("name", 0.8) if goes_on or (rest and rest[0].folded in THAT) else None


def _after_title(scene: Scene) -> tuple[str, float] | None:
    """الرئيس "…"."""
    reports = any(word.folded in THAT for word in scene.between)
    titled = scene.last is not None and is_listed(scene.last.folded, "titles") and not reports
    return ("name", 0.7) if titled and len(scene.inside) < 4 and scene.lead else None


def _colon(scene: Scene) -> tuple[str, float] | None:
    """قال: "…"."""
    return ("direct", 0.95) if scene.lead.endswith(":") else None


def _pronoun(scene: Scene) -> tuple[str, float] | None:
    """أنه "إذا …" is direct, the pronoun being a dummy; أنه "كاذب" is a fragment."""
    lead = [word.folded for word in scene.between[-2:]]
    slip = len(lead) > 1 and lead[-1] in listed("beginnings") and lead[-1] == scene.first
    dummy = (lead[-2] if slip else lead[-1]) if lead else ""
    if dummy not in _DUMMY and dummy[1:] not in _DUMMY:
        return None
    alone = scene.first in listed("beginnings") and len(scene.inside) > 2
    return ("direct" if alone else "partial"), 0.8


def _that_clause(scene: Scene) -> tuple[str, float] | None:
    """أن "…"."""
    last = scene.between[-1].folded if scene.between else ""
    if last not in ("ان", "وان", "بان", "لان"):
        return None
    return ("direct" if len(scene.inside) > 3 else "partial"), 0.9


def _subject_outside(scene: Scene) -> tuple[str, float] | None:
    """أن الضربة "لم تتجاوز …"."""
    return ("partial", 0.9) if any(word.folded in THAT for word in scene.between) else None


def _that_inside(scene: Scene) -> tuple[str, float] | None:
    """شدد على "أن …"."""
    return ("direct", 0.7) if scene.first in ("ان", "انه", "انها", "انهم") and len(scene.inside) > 3 else None


def _described(scene: Scene) -> tuple[str, float] | None:
    """وصفها "…", طالب "ب…"."""
    fragment = scene.first.startswith(_FRAGMENT)
    return ("partial", 0.85) if fragment or (scene.cue and describes(scene.text, scene.cue)) else None


def _mark_after_cue(scene: Scene) -> tuple[str, float] | None:
    """أضاف "…"."""
    said = scene.cue is not None and word_at(scene.text, scene.cue).lstrip("وف") in listed("saying")
    return ("direct", 0.9) if not scene.between and (said or len(scene.inside) > 2) else None


def _governed(scene: Scene) -> tuple[str, float] | None:
    """إلى "…", بـ"…", and what is too short to stand alone."""
    needed = scene.last is not None and scene.last.folded in listed("needing")
    preposition = bool(scene.between) and scene.between[-1].folded in listed("prepositions")
    return ("partial", 0.8) if needed or scene.is_glued or preposition or len(scene.inside) < 3 else None


def _after_subject(scene: Scene) -> tuple[str, float] | None:
    """قال فلان "…"."""
    said = scene.cue is not None and word_at(scene.text, scene.cue).lstrip("وف") in listed("saying")
    return ("direct" if len(scene.inside) > (2 if said else 4) else "partial"), 0.8


TERM_RULES: list[Rule] = [
    _governor,
    _told_to,
    _speaker_in_marks,
    _governor_and_adjectives,
    _named_so,
    _institution,
    _far_from_cue,
    _after_title,
]
TYPE_RULES: list[Rule] = [
    _colon,
    _pronoun,
    _that_clause,
    _subject_outside,
    _that_inside,
    _described,
    _mark_after_cue,
    _governed,
    _after_subject,
]
