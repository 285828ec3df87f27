"""What was published, kept and understood.

Here belongs everything from the network to the records: fetching, captures, reading, discussions, identities.
It knows neither Dagster nor DuckDB; those stand in `pipelines` and `warehouse`, which call it.
"""
