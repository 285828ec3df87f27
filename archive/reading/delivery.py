"""What came with a payload and is not part of it: how it was delivered, and when.

Here belongs the value that the captures hand to the reader. Nothing here acts.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivery:
    """The circumstances of a payload; of a file that somebody has there are none.

    Attributes:
        charset: the encoding that the HTTP header declares.
        last_modified: the header of that name, as printed.
        captured_on: the day of the capture, in UTC.
    """

    charset: str | None = None
    last_modified: str | None = None
    captured_on: dt.date | None = None


NOTHING = Delivery()
