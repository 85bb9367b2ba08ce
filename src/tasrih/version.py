"""The version of the package, which is that of the bundled corpus."""

__version__ = "0.1.0"
