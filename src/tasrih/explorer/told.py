"""Quotes as lists of other pages tell them: what was said, by which cue, how the speaker is called, and where."""

from typing import Any

from tasrih.article import Article, Quote

_LONGEST = 240  # letters of a quote in a list; the page of the article has it whole


def told(article: Article, quote: Quote) -> dict[str, Any]:
    """A quote as plain data. Where the words are withheld there are none."""
    speaker, cue = quote.speaker, quote.cue
    return {
        "article": article.id,
        "headline": headline(article),
        "id": quote.id,
        "type": quote.type,
        "text": worded(article, quote.text),
        "cue": worded(article, cue.text) if cue else "",
        "kind": cue.kind if cue else "",
        "form": speaker.form if speaker else "",
        "phrase": worded(article, speaker.span.text) if speaker and speaker.span else "",
    }


def worded(article: Article, text: str, longest: int = _LONGEST) -> str:
    """Words as far as a list shows them; nothing where they are withheld."""
    if article.is_withheld:
        return ""
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def headline(article: Article) -> str:
    """What an article is called in a list; nothing where its words are withheld."""
    return worded(article, article.headline)
