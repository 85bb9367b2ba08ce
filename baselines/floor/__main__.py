"""The floor: every pair of quotation marks is a direct quote, and nobody said it.

python -m baselines.floor CORPUS... [--split test]
"""

from baselines.command import of_split, parser, printed
from tasrih.record import Article, Json
from tasrih.text.pairs import pairs


def line(article: Article) -> Json:
    """The pairs of marks of an article as quotes."""
    spans = [
        {"paragraph": int(paragraph.id[1:]), "start": pair.start, "end": pair.end}
        for paragraph in article.paragraphs
        for pair in pairs(paragraph.text)
        if pair.start < pair.end
    ]
    quotes = [{"spans": [span], "type": "direct", "cue": None, "speaker": None} for span in spans]
    return {"id": article.id, "quotes": quotes}


def main() -> None:
    """Prints the predictions."""
    given = parser(__doc__).parse_args()
    printed(map(line, of_split(given.corpus, given.split)))


if __name__ == "__main__":
    main()
