"""One identifier that others gave to a person or an organisation: its scheme, its value, and whether it can be one.

Here belong the forms of ORCID, ISNI, VIAF, Wikidata and ROR, as numbers, with a prefix or as addresses, and their check
digits. Whose identifier it is, is for `authority`; nothing here asks anybody whether it was ever given.
"""

import re
from dataclasses import dataclass

from archive.model.people import Scheme
from archive.normalise.text import squeeze

_SIXTEEN = re.compile(r"\d{4}([ -]?)\d{4}\1\d{4}\1\d{3}[\dX]", re.ASCII)
_FORMS: dict[Scheme, re.Pattern[str]] = {
    "orcid": _SIXTEEN,
    "isni": _SIXTEEN,
    "viaf": re.compile(r"[1-9]\d{1,21}", re.ASCII),
    "wikidata": re.compile(r"Q[1-9]\d{0,11}", re.ASCII),
    "ror": re.compile(r"0[a-hj-km-np-tv-z0-9]{6}\d{2}", re.ASCII),
}
_EXAMPLES: dict[Scheme, str] = {
    "orcid": "0000-0002-1825-0097",
    "isni": "0000 0001 2146 438X",
    "viaf": "113230702",
    "wikidata": "Q42",
    "ror": "05dxps055",
}
_ADDRESSES: dict[Scheme, str] = {
    "orcid": "https://orcid.org/",
    "isni": "https://isni.org/isni/",
    "viaf": "https://viaf.org/viaf/",
    "wikidata": "https://www.wikidata.org/wiki/",
    "ror": "https://ror.org/",
}
_LINK = re.compile(
    r"https?://(?:"
    r"(?:www\.)?(?P<orcid>orcid)\.org/"
    r"|(?:www\.)?(?P<isni>isni)\.org/(?:isni/|page/)?"
    r"|(?:www\.)?(?P<viaf>viaf)\.org/viaf/"
    r"|(?:www\.|m\.)?(?P<wikidata>wikidata)\.org/(?:wiki|entity)/"
    r"|(?:www\.)?(?P<ror>ror)\.org/"
    r")(?P<value>[^/?#]+)/?(?:[?#].*)?",
    re.IGNORECASE,
)
_CROCKFORD = {sign: number for number, sign in enumerate("0123456789abcdefghjkmnpqrstvwxyz")}
OF_PEOPLE: frozenset[Scheme] = frozenset(("orcid", "isni", "viaf", "wikidata"))
OF_ORGANISATIONS: frozenset[Scheme] = frozenset(("ror", "isni", "viaf", "wikidata"))


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A scheme and a value in the scheme's own spelling, without its address."""

    scheme: Scheme
    value: str

    @property
    def url(self) -> str:
        """The address that it stands for."""
        return _ADDRESSES[self.scheme] + self.value

    def __str__(self) -> str:
        """`orcid:0000-0002-1825-0097`."""
        return f"{self.scheme}:{self.value}"


def parse(text: str) -> Identifier:
    """The identifier that somebody wrote down: `orcid:…`, or its address.

    Raises:
        ValueError: with one line that says what is wrong: no known scheme, not its form, or a check digit that does
            not belong to the others.
    """
    written = squeeze(text)
    link = _LINK.fullmatch(written)
    if link:
        scheme, value = _scheme_of(link), link["value"]
    else:
        name, _, value = written.partition(":")
        if name.lower() not in _FORMS:
            known = ", ".join(f"{scheme}:{example}" for scheme, example in _EXAMPLES.items())
            raise ValueError(f"{written!r} is no identifier such as {known}, or its address")
        scheme = next(one for one in _FORMS if one == name.lower())
    return _checked(scheme, value.strip())


def of_link(url: str) -> Identifier | None:
    """The identifier that a link leads to; None for any other link, and where it cannot be an identifier."""
    link = _LINK.fullmatch(url.strip())
    if not link:
        return None
    try:
        return _checked(_scheme_of(link), link["value"])
    except ValueError:
        return None


def _scheme_of(link: re.Match[str]) -> Scheme:
    return next(scheme for scheme in _FORMS if link[scheme])


def _checked(scheme: Scheme, value: str) -> Identifier:
    value = value.lower() if scheme == "ror" else value.upper()
    if not _FORMS[scheme].fullmatch(value):
        raise ValueError(f"{value!r} has not the form of an identifier of {scheme}, such as {_EXAMPLES[scheme]}")
    if scheme in {"orcid", "isni"}:
        digits = re.sub(r"[ -]", "", value)
        if digits[-1] != _mod_11_2(digits[:-1]):
            raise ValueError(f"{value!r} is no {scheme}: its last digit would have to be {_mod_11_2(digits[:-1])}")
        value = "-".join(re.findall("....", digits)) if scheme == "orcid" else digits
    if scheme == "ror" and int(value[-2:]) != _mod_97_10(value[:-2]):
        raise ValueError(f"{value!r} is no ror: its last two digits would have to be {_mod_97_10(value[:-2]):02}")
    return Identifier(scheme, value)


def _mod_11_2(digits: str) -> str:
    """The check digit of ISO 7064 MOD 11-2, which ORCID and ISNI share."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    left = (12 - total % 11) % 11
    return "X" if left == 10 else str(left)


def _mod_97_10(signs: str) -> int:
    """The check number of ISO 7064 MOD 97-10 over a number in Crockford's base 32, as ROR has it."""
    number = 0
    for sign in signs:
        number = number * 32 + _CROCKFORD[sign]
    return 98 - (number * 100) % 97
