"""Bytes → Page: blocks, the witnesses of every field, and the segments of one page.

Here belongs what can be told from one payload and its address alone. A reader is given a `Source` with what is
known of the publisher's pages; it knows no register, no other page, and touches neither disk nor network.
"""

READER_VERSION = "2"
"""Rises when the same bytes may be read differently; stands beside every piece of evidence."""
