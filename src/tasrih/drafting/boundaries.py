"""Where reported clauses end (guidelines 11.9)."""

from tasrih.drafting.contents import is_verbal
from tasrih.drafting.cues import Cue, is_weak
from tasrih.text.lists import listed
from tasrih.text.pairs import Pair
from tasrih.text.sentences import ENDS, PAUSES
from tasrih.text.words import CONJUNCTIONS, Word

CONTENT = "content-unmarked"
"""The rule of what is reported by a verbal noun."""
Begun = tuple[int, int, str]
"""The place of the word at which a reported clause begins, its offset, and the rule that tells."""
_REASON = ("حيث", "اذ")
_ALREADY = ("وقد", "ولقد", "فقد")
_FOR_REASONS = ("ردا",)
_WHEN = ("في", "بعد", "قبل")


def trimmed(text: str, start: int, end: int) -> Pair:
    """A stretch without the spaces and punctuation at its ends."""
    inside = text[start:end]
    return Pair(end - len(inside.lstrip(" ،:")), start + len(inside.rstrip(f" {ENDS}{PAUSES}")))


def clause_end(text: str, sentence: list[Word], begun: Begun, end: int, cues: dict[int, Cue]) -> int:
    """Where a clause ends: before what reports anew, or tells when and where it was said, or with the sentence."""
    first, _, rule = begun
    for place in range(first + 1, len(sentence)):
        word = sentence[place]
        comma = text.rfind("،", sentence[place - 1].end, word.start)
        if _goes_with_main(sentence, place, cues, comma=comma >= 0):
            return comma if comma >= 0 else word.start
        if place == first + 1:
            continue
        if comma < 0 and (_reports_anew(sentence, place, cues) or _points(sentence, place)):
            return word.start
        if comma >= 0 and (_ends_clause(sentence, place, cues) or (rule == CONTENT and _is_clause(word))):
            return comma
    return end


def _goes_with_main(sentence: list[Word], place: int, cues: dict[int, Cue], *, comma: bool) -> bool:
    """Whether a participle reports beside the verb before the clause: not one of other meanings, or an adjective."""
    cue = cues.get(place)
    if cue is None or cue.kind != "participle":
        return False
    word = sentence[place].folded
    adjective = word.endswith("ه") and sentence[place - 1].folded.endswith("ه")
    return comma or not (word in _FOR_REASONS or is_weak(sentence[place]) or adjective)


def _points(sentence: list[Word], place: int) -> bool:
    """Whether في إشارة and the like stand at a place: the writer's own words on what was said."""
    return sentence[place].folded == "في" and any(
        word.folded in listed("pointing") for word in sentence[place + 1 : place + 2]
    )


def _is_clause(word: Word) -> bool:
    """Whether a clause with a verb begins at a word, which no verbal noun can go on with."""
    form = word.folded[1:] if word.folded[:1] in CONJUNCTIONS and len(word.folded) > 2 else word.folded
    joined = form != word.folded
    verb = form[:1] in ("ي", "ت") and len(form) > 3 and not form.endswith("ه") and not is_verbal(form, form)
    feminine = len(form) > 3 and form.endswith("ت") and not form.endswith("ات") and form in listed("ordinary")
    apart = any(form in listed(name) for name in ("was", "negations", "oblique", "past")) or form in _WHEN
    return word.folded in listed("but") or (joined and (verb or feminine or apart))


def _reports_anew(sentence: list[Word], place: int, cues: dict[int, Cue]) -> bool:
    """Whether a verb joined by و without a comma reports something of its own: وقال, وأكد أن."""
    word, other = sentence[place], cues.get(place)
    if not other or other.kind != "verb" or other.start == word.start or not word.folded.startswith("و"):
        return False
    that = any(later.folded in listed("that") for later in sentence[place + 1 : place + 6])
    return not is_weak(word) and (that or word.folded[1:] in listed("saying"))


def _ends_clause(sentence: list[Word], place: int, cues: dict[int, Cue]) -> bool:
    """Whether a word after a comma ends a reported clause."""
    word = sentence[place]
    following = sentence[place + 1].folded if place + 1 < len(sentence) else ""
    if word.folded == "كما":
        return following not in listed("that")
    if word.folded in listed("but"):
        return any(number in cues for number in range(place + 1, place + 6))
    if word.folded in _REASON:
        return place + 1 in cues and not is_weak(sentence[place + 1])
    return _is_anew(sentence, place, cues) or _tells_when(word.folded, following) or word.folded in listed("meanwhile")


def _is_anew(sentence: list[Word], place: int, cues: dict[int, Cue]) -> bool:
    """Whether a reporting word is joined to the main verb, so that the clause is over: not و and what acts."""
    already = sentence[place].folded in _ALREADY
    word, cue = (
        (sentence[place], cues.get(place))
        if not already
        else (sentence[min(place + 1, len(sentence) - 1)], cues.get(place + 1))
    )
    if cue is None or cue.kind == "preposition":
        return cue is not None
    form = word.folded[1:] if cue.start > word.start else word.folded
    joined = already or cue.start > word.start
    return joined and form not in listed("acting") and form not in listed("agentless")


def _tells_when(word: str, following: str) -> bool:
    """Whether two words begin what tells when or where something was said, or what happens meanwhile."""
    if word == "وذلك":
        return following in listed("afterwards")
    return word in ("في", "وفي") and (following == "حين" or following in listed("occasions"))
