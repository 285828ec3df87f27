"""Elements of XML that hold whatever was printed.

Here belongs the one difference between text and XML: a character that XML cannot hold becomes an empty element `g` with
its code point in hexadecimal as `n`, and is that character again when it is read. Not here: any vocabulary.
"""

import re

from lxml import etree
from lxml.etree import _Element

XML = "{http://www.w3.org/XML/1998/namespace}"
_ILLEGAL = re.compile("([^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9/-]")


def element(tag: str, *content: _Element | str | None, **attributes: object) -> _Element:
    """An element with text or elements in it; an attribute that is None is left out.

    Names of attributes: `type_` is `type`, `xml_id` is `xml:id`, `when_iso` is `when-iso`.
    """
    made = etree.Element(tag)
    for name, value in attributes.items():
        if value is not None:
            full = XML + name[4:] if name.startswith("xml_") else name.rstrip("_").replace("_", "-")
            made.set(full, _ILLEGAL.sub("\ufffd", str(value)))
    for one in content:
        if isinstance(one, str):
            _add_text(made, one)
        elif one is not None:
            made.append(one)
    return made


def text_of(found: _Element) -> str:
    """The text of an element as it was before `element` took it."""
    parts = [found.text or ""]
    for child in found:
        parts += [chr(int(child.get("n", ""), 16)) if etree.QName(child).localname == "g" else text_of(child)]
        parts += [child.tail or ""]
    return "".join(parts)


def identifier(name: str) -> str:
    """An id of ours as a name that XML allows, different for different ids."""
    return "r." + _NOT_IN_ID.sub(lambda found: f"_{ord(found[0]):x}_", name).replace("/", ".")


def serialised(made: _Element) -> str:
    """An element as text."""
    return str(etree.tostring(made, encoding="unicode"))


def _add_text(made: _Element, text: str) -> None:
    for number, part in enumerate(_ILLEGAL.split(text)):
        if number % 2:
            etree.SubElement(made, "g").set("n", f"{ord(part):04X}")
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part
