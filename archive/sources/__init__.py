"""What we know of publishers before any page is read: one folder each, and the register derived from them.

A folder holds `source.toml`, a file for each round table under `round_tables/`, and, only where data is not
enough, `reader.py` with a function `refine`. The register is derived from the folders; nothing lists them again.
"""
