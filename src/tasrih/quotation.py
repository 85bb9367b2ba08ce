"""Quotation marks: which characters are, and where a text holds them."""

import re

_MARK = re.compile("[\"“”„‟«»‹›＂〝〞]|(?<![A-Za-z])['‘’‚‛]|['‘’‚‛](?![A-Za-z])")


def marks(text: str) -> list[int]:
    """Offsets of the quotation marks of a text, in code points; apostrophes inside Latin words are none."""
    return [match.start() for match in _MARK.finditer(text)]
