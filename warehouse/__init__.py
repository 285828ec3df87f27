"""The tables as files and as a database.

Here belong the Arrow and DuckDB schemas (derived from `archive.model`), Parquet releases, the publication of the
DuckDB file, its views and macros, and reading it. Not here: what the rows mean or how they came about.
"""
