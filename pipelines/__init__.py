"""Dagster's wiring and the command line: the only rooms that people and schedules enter.

Here belong assets, jobs, schedules, definitions and commands. Each is a few lines that call `archive` and
`warehouse`; what they do is told there.
"""
