"""The bundled demonstration: an invented round table and the little site that publishes it.

Here belong the invented publication's words (`content`), its pages (`templates`) and the server that shows them
on loopback. Not here: anything about fetching or reading; the demonstration is read like any other site.
"""
