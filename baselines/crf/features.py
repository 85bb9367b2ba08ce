"""What a CRF is told of a token: its forms and affixes, its neighbours, marks around it, and the word lists."""

from bisect import bisect_right
from collections.abc import Iterator

from baselines.rows import Row
from tasrih.text.letters import fold
from tasrih.text.lists import cue_kind, is_listed, listed
from tasrih.text.pairs import pairs
from tasrih.text.sentences import sentence_ends
from tasrih.text.words import forms

_LISTS = ("offices", "honorifics", "institutions", "bodies", "states", "times", "that", "outlets", "surnames", "groups")
_BEGINS = listed("that") | {":", ".", "،", "«", '"', "“"}
_NEAR = (-2, -1, 1, 2)
_FAR = 8  # tokens: what stands further away is alike


def features(row: Row) -> list[list[str]]:
    """The features of each token of a row."""
    words = [fold(token)[0] for token in row.tokens]
    own = [list(_of_word(word)) for word in words]
    around = list(_around(row, words))
    return [
        ["bias", *own[place], *_of_neighbours(place, words, own), *around[place]] for place in range(len(row.tokens))
    ]


def _of_word(word: str) -> Iterator[str]:
    yield f"w={word}"
    for length in (1, 2, 3):
        yield f"p{length}={word[:length]}"
        yield f"s{length}={word[-length:]}"
    yield f"shape={_shape(word)}"
    kind = next((kind for form in forms(word) if (kind := cue_kind(form))), None)
    if kind:
        yield f"cue={kind}"
    yield from (f"in={name}" for name in _LISTS if listed(name) and is_listed(word, name))


def _shape(word: str) -> str:
    if not word[:1].isalnum():
        return f"mark {word}"
    if word.isdigit():
        return "digits"
    return "latin" if word.isascii() else f"arabic {min(len(word), 6)}"


def _of_neighbours(place: int, words: list[str], own: list[list[str]]) -> Iterator[str]:
    for step in _NEAR:
        other = place + step
        if not 0 <= other < len(words):
            yield f"{step}:none"
            continue
        yield f"{step}:{words[other]}"
        yield from (f"{step}:{one}" for one in own[other] if one.startswith(("cue=", "in=", "shape=", "p2=")))
    if place:
        yield f"{words[place - 1]}+{words[place]}"
    if place + 1 < len(words):
        yield f"{words[place]}+{words[place + 1]}"


def _ahead(words: list[str], place: int) -> str:
    """What comes first of the words that begin what is said: a form of أن or a colon, if one is near."""
    following = words[place + 1 : place + 1 + _FAR]
    return next((f"{word} {min(far, 4)}" for far, word in enumerate(following) if word in _BEGINS), "none")


def _around(row: Row, words: list[str]) -> Iterator[list[str]]:
    """What the sentence of each token has before it, and the marks that it stands in."""
    begins = [0, *(following for _, following in sentence_ends(row.text))]
    marked = [(pair.start, pair.end) for pair in pairs(row.text)]
    first, cue, that = -1, None, False
    number = -1
    for place, start in enumerate(row.starts):
        sentence = bisect_right(begins, start)
        if sentence != number:
            number, first, cue, that = sentence, place, None, False
        inside = [(begin, end) for begin, end in marked if begin <= start < end]
        found = [f"at={min(place - first, _FAR)}", f"in marks={len(inside)}", f"that={that}"]
        found += [f"marks begin={begin == start}" for begin, _ in inside]
        found += [f"marks end={end == row.ends[place]}" for _, end in inside]
        found += [f"words in marks={min(_FAR, row.text[begin:end].count(' '))}" for begin, end in inside]
        found.append("cue=none" if cue is None else f"since cue={min(place - cue, _FAR)}")
        found.append(f"that ahead={_ahead(words, place)}")
        found.append(f"that={that} since cue={cue is not None} in marks={bool(inside)}")
        if row.paragraph == 1:
            found.append("first paragraph")
        yield found
        if any(map(cue_kind, forms(words[place]))):
            cue = place
        that = that or (cue is not None and is_listed(words[place], "that"))
