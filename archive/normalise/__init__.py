"""Pure functions on single values: names, dates, languages, URLs, rights, text.

The lowest room: nothing here reads a file, a clock or the network, and nothing here knows a page or a source.
"""
