"""Characters that nobody sees. All constants are for the classes of patterns: they stand between [ and ]."""

DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""What sets the writing direction."""
JOINERS = "\u200c\u200d"
"""What joins letters or keeps them apart: a part of Persian words and of emoji."""
ZERO_WIDTH = "\xad\u034f\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff"
"""Spaces and hyphens without width, byte order marks."""
INVISIBLE = (
    f"{ZERO_WIDTH}\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Those, and fillers, selectors of variants, tags and what only lays out a script."""
CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
"""Control characters that are no white space."""
SPACING_CONTROLS = "\x0b\x0c\x1c-\x1f\x85"
"""Control characters that are white space; the tab and the ends of lines are apart."""
LINE_SEPARATORS = "\u2028\u2029"
"""What ends lines and paragraphs, besides the control characters that do."""
SPECIALS = "\ufff0-\ufffc"
"""Anchors of annotations and the like, which have no place in a text."""
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
"""What has no meaning but by agreement."""
SURROGATES = "\ud800-\udfff"
"""Halves of characters; they stand for bytes of file names that are not UTF-8."""


def one_of(characters: str) -> str:
    """A pattern for one character of such a class, none of which is plain: searched for quickly, most letters are."""
    return f"[^ -~\u0621-\u06ff](?<=[{characters}])"
