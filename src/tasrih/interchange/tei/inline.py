"""A paragraph between its two forms: elements in the text, and stretches of the text."""

from dataclasses import dataclass, field

from tasrih.interchange.tei.markup import Complain, Element, laid_out

MENTIONS = ("persName", "orgName", "placeName", "date", "rs")
_OUTER = ("said", "term", "speaker", "addressee", "cue")
INLINE = (*_OUTER, *MENTIONS)


@dataclass(eq=False)
class Mark:
    """What an element marks: offsets in the text of paragraph number `paragraph` (from 0), in code points.

    `around` is the innermost quote that the element stands in, `name` the id that it gets where something names it.
    """

    element: Element
    paragraph: int
    start: int
    end: int
    around: "Mark | None" = None
    name: str = ""

    @property
    def tag(self) -> str:
        """The name of the element."""
        return self.element.tag

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts by the first character, of two that start together the longer first."""
        return self.paragraph, self.start, -self.end

    @property
    def nesting(self) -> tuple[int, int, int, int]:
        """Sorts elements as they are written: of those that mark the same words, quotes before names."""
        return *self.order, _OUTER.index(self.tag) if self.tag in _OUTER else len(_OUTER)

    def get(self, name: str) -> str | None:
        """The value of an attribute of the element."""
        return self.element.get(name)


@dataclass
class _Reading:
    number: int
    complain: Complain
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    ends: dict[str, int] = field(default_factory=dict)


def read(paragraph: Element, number: int, complain: Complain) -> tuple[str, list[Mark]]:
    """The text of a paragraph, and what is marked in it in the order of the elements."""
    found = _Reading(number, complain)
    _walk(paragraph, None, found)
    exactly = paragraph.get("xml:space") == "preserve"
    text, places = laid_out("".join(found.pieces), exactly=exactly)
    for mark in found.marks:
        raw_end = found.ends.get(mark.get("end") or "", mark.end)
        mark.start, mark.end = places[mark.start], places[raw_end]
        if not exactly:
            _trim(text, mark)
        if mark.start >= mark.end:
            complain(mark.element, f"<{mark.tag}> holds no words.{_missing_end(mark, found)}")
    return text, found.marks


def _walk(element: Element, around: Mark | None, found: _Reading) -> None:
    for child in element.children:
        if isinstance(child, str):
            found.pieces.append(child)
            found.length += len(child)
        elif child.tag == "end":
            found.ends[child.get("xml:id") or ""] = found.length
        else:
            mark = Mark(child, found.number, found.length, found.length, around)
            found.marks.append(mark)
            _walk(child, mark if child.tag == "said" else around, found)
            mark.end = found.length


def _trim(text: str, mark: Mark) -> None:
    words = text[mark.start : mark.end]
    mark.end -= len(words) - len(words.rstrip())
    mark.start += len(words) - len(words.lstrip())


def _missing_end(mark: Mark, found: _Reading) -> str:
    end = mark.get("end")
    return f' There is no <end xml:id="{end}"/> after it in the paragraph.' if end and end not in found.ends else ""


def write(tag: str, text: str, marks: list[Mark], end_ids: list[str]) -> Element:
    """The paragraph as an element with the marks in it, nested where they nest.

    A mark that crosses another stands empty before its first word and names the <end> after its last; its id comes
    from the end of `end_ids`. Sets what is `around` each mark.
    """
    paragraph = Element(tag)
    stretches = (text[mark.start : mark.end] for mark in marks)
    if laid_out(text)[0] != text or any(words != words.strip() for words in stretches):
        paragraph.attributes["xml:space"] = "preserve"
    writing = _Writing(text, [(len(text), paragraph, None)])
    for mark in sorted(marks, key=lambda mark: mark.nesting):
        writing.advance(mark.start)
        end, element, mark.around = writing.around[-1]
        element.children.append(mark.element)
        if mark.end > end:
            mark.element.attributes["end"] = end_ids.pop()
            writing.ends.append((mark.end, mark.element.attributes["end"]))
        else:
            writing.around.append((mark.end, mark.element, mark if mark.tag == "said" else mark.around))
    writing.advance(len(text))
    return paragraph


@dataclass
class _Writing:
    """Where writing has come: the elements that are open, outermost first, and the ends that are still to come."""

    text: str
    around: list[tuple[int, Element, Mark | None]]
    ends: list[tuple[int, str]] = field(default_factory=list)
    place: int = 0

    def advance(self, to: int) -> None:
        """Writes the text up to `to`, and closes what ends there or before."""
        ends = {item[0] for item in self.around} | {item[0] for item in self.ends}
        for end in sorted({end for end in ends if end < to} | {to}):
            if end > self.place:
                self.around[-1][1].children.append(self.text[self.place : end])
                self.place = end
            self._close(end)

    def _close(self, end: int) -> None:
        for _, end_id in [item for item in self.ends if item[0] == end]:
            self.around[-1][1].children.append(Element("end", {"xml:id": end_id}))
        self.ends = [item for item in self.ends if item[0] != end]
        while len(self.around) > 1 and self.around[-1][0] == end:
            self.around.pop()
