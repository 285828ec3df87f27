"""The kinds of elements, as far as nesting goes: what an end tag closes, and what it does not reach.

Here belong the names alone, as the HTML standard groups them. Not here: counting what is open (`nesting`, `shallow`).
"""

RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())
"""Elements whose content is text up to their own end tag, whatever it looks like."""

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr html head "
    "body".split()
)
"""Elements that hold nothing, or can be open only once."""

IN_TABLES = frozenset("tr td th thead tbody tfoot colgroup caption".split())
OPTIONAL = IN_TABLES | frozenset("p li dt dd".split())
"""Elements that close each other: however many there are, few are open."""

FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""Elements that are opened again in later blocks where they were not closed."""

ALONE = frozenset(("a", "nobr"))
"""Formatting of which one at a time is open: the next closes it."""

FENCES = frozenset(
    "table template applet marquee object select button foreignobject desc title mi mo mn ms mtext annotation-xml "
    "caption td th".split()
)
"""Elements through which an end tag outside of them does not reach."""

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
"""Elements whose end tag closes the nearest of them, whatever its number."""

REACHING = frozenset(
    "table template applet marquee object select button address article aside blockquote center details dialog dir div "
    "dl fieldset figcaption figure footer header hgroup listing main menu nav ol pre search section summary ul".split()
)
"""Elements whose end tag closes all that is open inside them; that of any other does not reach through a block."""

BLOCKS = REACHING | FENCES | HEADINGS | OPTIONAL | RAW | frozenset(("form", "frameset", "noscript", "plaintext"))
"""What the end tag of an inline element does not reach through."""

FOREIGN = frozenset(("svg", "math"))
DRAWING = frozenset(
    "animate animatemotion animatetransform circle clippath defs ellipse feblend fecolormatrix fecomponenttransfer "
    "fecomposite feflood fefunca fefuncb fefuncg fefuncr "
    "fegaussianblur femerge femergenode feoffset filter g image line lineargradient marker mask metadata mpath path "
    "pattern polygon polyline radialgradient rect set stop switch symbol text textpath tspan use view".split()
)
"""Elements of drawings, which may close themselves; outside of drawings they are none."""

BREAKING = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta "
    "nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
"""Elements that end the drawing which they stand in."""
