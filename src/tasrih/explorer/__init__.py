"""The explorer: an annotated corpus as pages to look at, that need no server and ask nobody for anything.

How the pages are made, and how to add one, is in docs/explorer.md.
"""
