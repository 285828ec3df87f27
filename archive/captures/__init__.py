"""The WARC store: what was fetched or brought, byte for byte, and what proves that it is still the same.

Here belong writing and reading WARC files with their manifests, passing them on as WACZ, and the loop that turns
addresses into captures.
Not here: the network itself (`fetch`) and what the captures say (`reading`).
"""
