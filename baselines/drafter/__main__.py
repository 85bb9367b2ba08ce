"""The drafter: what `tasrih draft` makes of the text alone.

python -m baselines.drafter CORPUS... [--split test]
"""

from collections.abc import Callable
from typing import Any

from baselines.command import of_split, parser, printed
from tasrih.drafts import draft
from tasrih.record import Article, Json

Placed = Callable[[Any], Json | None]


def line(article: Article) -> Json:
    """The quotes, terms and mentions of a draft of an article's text."""
    text = "\n\n".join(paragraph.text for paragraph in article.paragraphs)
    made = draft(f"{article.id}.txt", f"{text}\n".encode(), published=article.metadata.published)
    numbers = _numbers(article, made)

    def placed(span: Any) -> Json | None:
        """A span of the draft as one of the article; None where there is none, or in a line that is no paragraph."""
        known = span is not None and span.paragraph in numbers
        return {"paragraph": numbers[span.paragraph], "start": span.start, "end": span.end} if known else None

    terms = [{"span": span, "kind": term.kind} for term in made.terms if (span := placed(term.span))]
    mentions = [
        {"span": span, "type": entity.type, "entity": entity.id}
        for entity in made.entities
        for mention in entity.mentions
        if (span := placed(mention))
    ]
    return {"id": article.id, "quotes": _quotes(made, placed), "terms": terms, "mentions": mentions}


def _numbers(article: Article, made: Article) -> dict[str, int]:
    """For ids of paragraphs of a draft the numbers of those with the same text, in order."""
    left = list(article.paragraphs)
    numbers = {}
    for paragraph in made.paragraphs:
        place = next((place for place, one in enumerate(left) if one.text == paragraph.text), None)
        if place is not None:
            numbers[paragraph.id] = int(left[place].id[1:])
            del left[: place + 1]
    return numbers


def _quotes(made: Article, placed: Placed) -> list[Json]:
    quotes = []
    for quote in made.quotes:
        spans = [span for one in quote.spans if (span := placed(one))]
        if spans:
            speaker = _speaker(quote.speaker, placed)
            quotes.append({"spans": spans, "type": quote.type, "cue": placed(quote.cue), "speaker": speaker})
    return quotes


def _speaker(speaker: Any, placed: Placed) -> Json | None:
    """Who speaks, by an entity of the draft, and by the phrase where there is one."""
    if speaker is None:
        return None
    phrase = placed(speaker.span)
    return {"entity": speaker.entity} | ({"span": phrase} if phrase else {})


def main() -> None:
    """Prints the predictions."""
    given = parser(__doc__).parse_args()
    printed(map(line, of_split(given.corpus, given.split)))


if __name__ == "__main__":
    main()
