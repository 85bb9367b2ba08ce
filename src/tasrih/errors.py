"""What the package raises when it cannot go on."""


class TasrihError(Exception):
    """Says what is wrong, where, and what to do; the command line prints it and exits with 2."""
