"""The command line: one module for each group of commands, and one for what they share."""
