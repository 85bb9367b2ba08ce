"""What stretches in marks are, who said them, and which words say so: rules that are asked one after the other."""

from bisect import bisect_left

from tasrih.drafting.cues import Cue, cue_after, cue_before, headline_colon, is_weak, reporting, subject
from tasrih.drafting.kinds import TERM_RULES, rule_name, type_of
from tasrih.drafting.scenes import Attribution, Scene
from tasrih.text.lists import is_listed, listed
from tasrih.text.marks import GLYPHS, ending, starting
from tasrih.text.pairs import Pair
from tasrih.text.sentences import sentence_ends
from tasrih.text.words import Word, words, words_in

_REACH = 1500  # characters before a stretch in which its sentence begins
_RECENT = 40  # stretches before one that are looked back over
_LABEL = 5  # words before a colon that name who speaks next
_APART = 6  # characters between the marks of a speaker and those of the speech
_TERM = 4  # words of a name; a fragment without a cue has as many, speech more
_GOES_ON, _LONG = 5, 7  # words of what goes on with speech before it, and of what is speech for its length


def attributions(text: str, pairs: list[Pair]) -> list[Attribution]:
    """One attribution a pair of marks, in their order; a stretch whose beginning cannot be told is left out."""
    found: list[Attribution] = []
    for number, pair in enumerate(pairs):
        before = _before(text, pairs[max(0, number - _RECENT) : number], pair)
        if bounded := _bounded(text, before, pair):
            before = [word for word in before if word.end <= bounded.start]
            following = pairs[number + 1] if number + 1 < len(pairs) else None
            cue = cue_before(text, before, bounded.start)
            scene = Scene(text, bounded, before, following, found[-_RECENT:], *cue)
            found.append(_attributed(scene))
            found[-1].context, found[-1].scene = tuple(before), scene
    return found


def introduced(text: str, pairs: list[Pair]) -> Attribution | None:
    """How a paragraph that ends with a colon introduces the speech in the next: its cue and speaker, or a label."""
    nothing = Pair(len(text), len(text))
    before = _before(text, pairs[-_RECENT:], nothing)
    cue, place = cue_before(text, before, len(text))
    if cue:
        speaker = subject(text, before, place, cue)
        return Attribution(nothing, "direct", "colon-before-paragraph", 0.85, cue, speaker, tuple(before))
    if not before or len(before) > _LABEL or is_listed(before[0].folded, "labels"):
        return None
    cue = Cue(len(text) - 1, len(text), "punctuation")
    return Attribution(nothing, "direct", "label-before-paragraph", 0.7, cue, tuple(before), tuple(before))


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
    opener = _opener(text, before)
    inside = text[opener.end : pair.end] if opener else ""
    if opener is None or not inside.strip():
        return None
    start, end = pair.end - len(inside.lstrip()), opener.end + len(inside.rstrip())
    return None if starting(text, start) and ending(text, end) else pair._replace(start=start, end=end)


def _opener(text: str, before: list[Word]) -> Word | None:
    """The first أن or إلى after the cue, or a colon; without a cue, the last أن."""
    cues = [place for place, word in enumerate(before) if reporting(word) and not is_weak(word)]
    if not cues:
        return next((word for word in reversed(before) if word.folded in listed("that")), None)
    cue, following = before[cues[-1]], before[cues[-1] + 1 :]
    that = next((word for word in following if word.folded in listed("that") or word.folded == "الي"), None)
    colon = text.find(":", cue.end, following[_LABEL].end if len(following) > _LABEL else cue.end)
    return Word(colon, colon + 1, ":") if colon >= 0 and (that is None or colon < that.start) else that


def _attributed(scene: Scene) -> Attribution:
    for rule in TERM_RULES:
        if kind := rule(scene):
            return Attribution(scene.pair, kind[0], rule_name(rule), kind[1])
    if scene.cue:
        return _reported(scene, scene.cue)
    return _unreported(scene)


def as_speech(scene: Scene) -> Attribution:
    """A stretch as speech, whatever the rules for terms say of it."""
    if scene.cue:
        return _reported(scene, scene.cue)
    found = _unreported(scene)
    if found.is_speech:
        return found
    last = None if _is_nested(scene) else _before_it(scene)
    rule, (kind, confidence) = type_of(scene)
    return Attribution(scene.pair, kind, rule, confidence, *((last.cue, last.subject) if last else ()))


def _reported(scene: Scene, cue: Cue) -> Attribution:
    """Speech with a cue before it."""
    rule, (kind, confidence) = type_of(scene)
    named = [other for other in scene.earlier if other.rule == "speaker-in-marks" and other.pair.start > cue.end]
    if not named:
        speaker = subject(scene.text, scene.before, scene.place, cue)
        return Attribution(scene.pair, kind, rule, confidence, cue, speaker)
    speaker = tuple(words(scene.text, named[-1].pair.start, named[-1].pair.end))
    kind = "direct" if scene.pair.start - named[-1].pair.end < _APART else kind
    return Attribution(scene.pair, kind, "after-speaker-in-marks", confidence, cue, speaker)


def _unreported(scene: Scene) -> Attribution:
    """What has no cue before it: speech by a colon, by a cue after it, by going on, by its length; or a term."""
    pair, length = scene.pair, len(scene.inside)
    if colon := _headline_colon(scene):
        kind = "direct" if scene.follows_colon and length > 2 else "partial"
        return Attribution(pair, kind, "headline-colon", 0.7, *colon)
    if not _is_named(scene) and (after := cue_after(scene.text, pair.end, short=length < _TERM)):
        return Attribution(pair, "direct" if length >= _TERM else "partial", "cue-after", 0.8, *after)
    if length >= _GOES_ON and not _is_nested(scene) and (last := _before_it(scene)):
        return Attribution(pair, "direct", "goes-on", 0.6, last.cue, last.subject)
    if length >= _LONG:
        return Attribution(pair, "direct", "long", 0.5)
    return Attribution(pair, "name" if length < _TERM else "other", "no-cue", 0.6)


def _headline_colon(scene: Scene) -> tuple[Cue, tuple[Word, ...]] | None:
    """The colon before a stretch, which stands in no other, and who speaks before it."""
    return None if _is_nested(scene) else headline_colon(scene.text, scene.before, scene.pair.start)


def _is_nested(scene: Scene) -> bool:
    """Whether a stretch stands in another."""
    pair = scene.pair
    return any(other.pair.start < pair.start and pair.end <= other.pair.end for other in scene.earlier)


def _is_named(scene: Scene) -> bool:
    """Whether a short stretch is what a preposition governs: a name."""
    governed = scene.last is not None and scene.last.folded in listed("prepositions")
    return len(scene.inside) < _TERM and (scene.is_glued or governed)


def _before_it(scene: Scene) -> Attribution | None:
    """The speech before a stretch, unless its cue stands in the stretch."""
    start, end, _ = scene.pair
    speech = (other for other in reversed(scene.earlier) if other.is_speech)
    return next((other for other in speech if not (other.cue and start <= other.cue.start < end)), None)
