"""The published tables as files for other programs: a module for each format.

Here belong the formats, over one reading of a release (`published`), and the list of them (`formats`). Everything here
is a function of the release: the same release makes the same bytes. Not here: which home, which file, and what the
command line says; those are `pipelines.exports`.
"""
