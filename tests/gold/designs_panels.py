"""Pages of panels: tables with a row for each who votes, and a comment in it.

Each was written from memory of the kind of page that its name says. Votes go round by the order of the answers; what
they mean is tested elsewhere.
"""

from html import escape as e

from tests.gold.desk import Answer, Discussion
from tests.gold.paper import Register, bare, frame, intro, ps, register

DESIGNS: Register = []
VOTES = ("Agree", "Strongly Disagree", "Uncertain", "Disagree", "Strongly Agree", "No Opinion")


def rows(answers: tuple[Answer, ...], *cells: str) -> str:
    """A row for each answer; a cell is a template in which an answer's parts are named."""
    made = []
    for number, a in enumerate(answers):
        parts = {
            "name": e(a.name), "where": e(a.affiliation), "says": ps(a), "vote": VOTES[number % len(VOTES)],
            "sure": str(number % 10 + 1), "stance": a.stance.upper(), "key": e(a.surname),
        }  # fmt: skip
        made.append("<tr>" + "".join(cell.format(**parts) for cell in cells) + "</tr>")
    return "".join(made)


def head(*names: str) -> str:
    return "<thead><tr>" + "".join(f"<th>{name}</th>" for name in names) + "</tr></thead>"


@register(DESIGNS, affiliation=True, listed=True, kinds=False)
def panel_with_photos(d: Discussion) -> str:
    photo = "<td><img src='p.jpg' alt='{name}'></td>"
    body = rows(d.answers, photo, "<td><a href='#x'>{name}</a></td>", "<td>{where}</td>", "<td>{vote}</td>",
                "<td>{sure}</td>", "<td>{says}</td>", "<td>Median Survey Vote</td>")  # fmt: skip
    names = head("", "Participant", "University", "Vote", "Confidence", "Comment", "Median Survey Vote")
    return frame(d, f"<p><strong>{e(d.question)}</strong></p><table>{names}<tbody>{body}</tbody></table>")


@register(DESIGNS, rounds=2, listed=True)
def two_statements(d: Discussion) -> str:
    made = ""
    for letter, (question, answers) in zip("AB", d.rounds, strict=True):
        body = rows(answers, "<td>{vote}</td>", "<td>{says}</td>", "<th scope='row'>{name}</th>")
        made += f"<h3>Question {letter}: {e(question)}</h3><table>"
        made += f"<tr><th>Expert</th><th>Response</th><th>In their words</th></tr>{body}</table>"
    return frame(d, intro(d) + made)


@register(DESIGNS, listed=True, kinds=False)
def yes_or_no_with_reasons(d: Discussion) -> str:
    body = rows(d.answers, "<td>{name}</td>", "<td>{stance}</td>", "<td>{says}</td>")
    caption = f"<caption>{e(d.question)}</caption>"
    return bare(d, f"<table>{caption}<tr><td>Name</td><td>Answer</td><td>Reasons</td></tr>{body}</table>")


@register(DESIGNS, affiliation=True, listed=True, kinds=False)
def comments_in_rows_of_their_own(d: Discussion) -> str:
    body = rows(d.answers, "<td>{key} {name}</td>", "<td>{where}</td>", "<td>{vote}</td>", "<td>{sure}</td>",
                "</tr><tr><td colspan='4'>{says}</td>")  # fmt: skip
    names = head("Economist", "Institution", "Your vote", "How confident?")
    return frame(d, f"<h2>{e(d.question)}</h2><table>{names}<tbody>{body}</tbody></table>")
