"""Quotation marks: which characters are, and where a text holds them."""

import re
from functools import lru_cache

_MARK = re.compile("[\"“”„‟«»‹›＂〝〞]|(?<![A-Za-z])['‘’‚‛]|['‘’‚‛](?![A-Za-z])")


@lru_cache(maxsize=1 << 8)
def marks(text: str) -> tuple[int, ...]:
    """Offsets of the quotation marks of a text, in code points; apostrophes inside Latin words are none."""
    return tuple(match.start() for match in _MARK.finditer(text))
