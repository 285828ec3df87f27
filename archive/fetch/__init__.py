"""The network's edge: everything between a URL and an `Exchange` of exact bytes.

Here belong the session, the recording of the wire, the address guard, robots.txt, politeness, and sitemaps.
Not here: keeping what came (`captures`) and understanding it, feeds included (`reading`).
"""
