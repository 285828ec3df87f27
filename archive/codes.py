"""Every error and outcome code, and the one exception that carries them.

Here belongs the vocabulary: what can happen to a fetch, an item, a command. Each code says what it means and
what a person can do about it, so that a message never has to be invented where it is raised. Not here: the
deciding. Nothing in this module touches a file or the network.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """A thing that can be wrong; the value is what is stored and printed."""

    advice: str

    def __new__(cls, value: str, advice: str = "") -> "Code":
        """Store the short name as the value and the advice beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.advice = advice
        return member

    # --- the command could not run -------------------------------------------------------------
    FILE_MISSING = "file_missing", "check the path; it is relative to the folder you are in"
    FOLDER_WITHOUT_PAGES = (
        "folder_without_pages",
        "name a folder that holds .html, .htm, .txt, .warc(.gz) or .wacz files, or name the files themselves",
    )
    CONTRIBUTION_UNKNOWN = (
        "contribution_unknown",
        '`roundtable sql "SELECT contribution_id, title FROM contributions"` lists those that are published',
    )
    RELEASE_UNKNOWN = "release_unknown", "`roundtable releases` lists them"
    PERSON_UNKNOWN = "person_unknown", "`roundtable people` lists who is known, with their ids"
    DECISION_UNKNOWN = "decision_unknown", "`roundtable people decisions` lists what was decided"
    REASON_MISSING = "reason_missing", 'say why with --reason "…": it stands in the ledger and in the tables'
    WITHDRAWAL_PENDING = "withdrawal_pending", "`roundtable rebuild` takes it out of the tables; then try again"
    SOURCE_UNKNOWN = "source_unknown", "`roundtable sources` lists the names that can be used"
    URL_INVALID = "url_invalid", "give a whole address that begins with http:// or https://"
    URL_OF_MANY = "url_of_many", "import the files one by one, each with its --url"
    HOME_NOT_WRITABLE = (
        "home_not_writable",
        "choose another folder with --home, or give yourself the right to write there",
    )
    HOME_BUSY = "home_busy", "wait until the other run has ended, then type the command again"
    HOME_EMPTY = "home_empty", "fill it first: `roundtable demo`, `roundtable import` or `roundtable ingest`"
    HOME_NEWER = "home_newer", "this home was written by a newer version: update this program"
    HOME_OLDER = "home_older", "`roundtable rebuild` brings it to the layout of this version"
    CONFIG_INVALID = "config_invalid", "mend the line in the file that is named, or remove the file"
    REGISTER_INVALID = (
        "register_invalid",
        "mend the file that is named; docs/adding-a-source.md shows each key",
    )
    NOT_A_LANDING_PAGE = (
        "not_a_landing_page",
        "name the page that presents the round table: it lists who takes part or what is asked, and links to both",
    )
    PAGE_NOT_HAD = "page_not_had", "save the page with a browser and type the command again with --file PAGE"
    PROPOSAL_UNKNOWN = "proposal_unknown", "`roundtable sources` lists what is proposed"
    REGISTERED_ALREADY = "registered_already", "correct the file that is named; it is in use"
    CURATION_INVALID = (
        "curation_invalid",
        "mend the file that is named; docs/corrections.md shows each key",
    )
    CONTACT_MISSING = (
        "contact_missing",
        (
            "publishers must be able to reach you: set ROUNDTABLE_CONTACT to your e-mail address or web page, "
            'or write contact = "..." into config.toml in the home folder'
        ),
    )
    CHECKS_FAILED = (
        "checks_failed",
        "`roundtable ui` shows the rows that break a check; the published release is what it was",
    )
    QUERY_FAILED = "query_failed", '`roundtable sql "SHOW ALL TABLES"` lists what can be asked'
    WORDS_MISSING = (
        "words_missing",
        'name a word that should be there: roundtable search "transnational solidarity" -police strik*',
    )
    NAME_UNKNOWN = "name_unknown", "check the spelling"
    DATABASE_OUTDATED = (
        "database_outdated",
        "an older version made it: `roundtable rebuild` makes the database again from the captures",
    )
    TABLES_DAMAGED = (
        "tables_damaged",
        "`roundtable rebuild` makes tables and database again from the captures",
    )
    DAYS_UNUSABLE = "days_unusable", "--from and --to go with --from-wayback, and --from is not the later one"
    OPTIONS_APART = "options_apart", "leave one of them out"
    IN_NO_ARCHIVE = "in_no_archive", "leave --from-wayback out: its pages come with the program"
    DATABASE_MISSING = (
        "database_missing",
        "`roundtable rebuild` makes it of the captures; bring some first: `roundtable demo`, `import` or `ingest`",
    )
    DATABASE_LOCKED = "database_locked", "close it there, and open the published file read-only"
    DATABASE_UNREADABLE = "database_unreadable", "ask its owner for the right to read it"
    DATABASE_DAMAGED = (
        "database_damaged",
        "`roundtable rebuild` makes it again from the captures; nothing is lost with it",
    )
    DATABASE_NEWER = "database_newer", "the database was published by a newer version: update this program"
    DISK_REFUSED = (
        "disk_refused",
        "see to the disk (space, rights), then type the command again: nothing half-written counts",
    )
    PORT_TAKEN = "port_taken", "choose another one with --port"
    TERMINAL_NOT_FILE = (
        "terminal_not_file",
        "write it into a file: roundtable sql ... --format parquet > result.parquet",
    )
    WAL_IN_THE_WAY = (
        "wal_in_the_way",
        "somebody opened the published database for writing: close that program, then remove the .wal file",
    )
    FIXTURE_EXISTS = "fixture_exists", "correct its expected.toml, or remove the folder"
    FIXTURE_INVALID = (
        "fixture_invalid",
        "mend the file that is named; `roundtable read --save-fixture` writes such files",
    )
    ALERT_NOT_SENT = "alert_not_sent", "see to the command, the mail server or the address that is named there"
    FILE_UNREADABLE = "file_unreadable", "give us the right to read it, and put it there again"
    KIND_UNKNOWN = "kind_unknown", "put a page, a text copy, a WARC or a WACZ file there"
    FORMAT_UNKNOWN = "format_unknown", "use one of the formats that are listed"
    TARGET_EXISTS = "target_exists", "name another folder, or remove this one first: a folder is never written over"
    TARGET_UNUSABLE = "target_unusable", "name a file, or a folder that is not there yet, as the format needs"

    ARC_REFUSED = "arc_refused", "convert it first: warcio recompress OLD.arc.gz NEW.warc.gz"
    WARC_UNREADABLE = "warc_unreadable", "check that this is the file that you meant, and that it arrived whole"

    # --- one record of another's file could not be used (events) ----------------------------------
    RECORD_DAMAGED = "record_damaged", "get the file again from where it came; what is whole in it was kept"
    RECORD_UNUSABLE = "record_unusable", "nothing can be done: the record itself lacks what a capture needs"
    RECORD_TOO_LARGE = "record_too_large", "raise max_bytes in config.toml if this record is wanted"
    REVISIT_UNRESOLVED = (
        "revisit_unresolved",
        "import the file that holds the payload, then this one again: its other records are kept once",
    )

    # --- one page among many could not be used (rejections) -------------------------------------
    EMPTY_PAYLOAD = "empty_payload", "the file or answer has no content: fetch or export it again"
    NOT_TEXT = "not_text", "the content is neither HTML nor text: only pages are read"
    PAGE_TOO_LARGE = (
        "page_too_large",
        "only the part that matters can be read: save that as a page of its own and import it",
    )
    NO_ARTICLE = (
        "no_article",
        "look at the page: if its text is loaded by a script, save it from a browser when it is shown, and import that",
    )
    UNKNOWN_SPEAKER = "unknown_speaker", "add the name to the line-up in the register if it belongs there"
    ANSWER_EMPTY = "answer_empty", "look at the page: the entry's heading has no text under it"
    ANSWERS_MISSING = (
        "answers_missing",
        "look at the page: it lists respondents, and no answer can be told to be one of theirs",
    )
    ANSWERS_NOT_CAPTURED = (
        "answers_not_captured",
        "the page loads its answers by script: save it from a browser when they are shown, and import that",
    )
    SPEAKERS_UNKNOWN = (
        "speakers_unknown",
        "look at the page: if several people speak on it, a line-up in the register tells their names apart",
    )
    LINE_UP_MISSING = "line_up_missing", "look at the page: it has answers under names, and no list of those who answer"
    NAME_SHARED = "name_shared", "two respondents have one name: look at the page to see which of them says what"
    ENTRY_UNANSWERED = "entry_unanswered", "look at the page: the entry is listed and has no answer there"
    DATE_AFTER_CAPTURE = (
        "date_after_capture",
        "the date of the page or that of the capture is wrong: the text is kept without a date",
    )
    SHAPE_OUT_OF_TIME = (
        "shape_out_of_time",
        "the page is read; correct valid_from or valid_until of the shape in source.toml, or the time of the capture",
    )
    FEED_CUT = (
        "feed_cut",
        "nothing to do where it was read before or since: what the feed lists before the fault is used",
    )
    PAGE_CUT = "page_cut", "fetch the page again: it ends before its document does"
    READER_FAILED = "reader_failed", "this is a bug in the reader: report it with the page"
    READER_BROKEN = (
        "reader_broken",
        "the published release stays as it is: go back to the version of this program before, and report the bug",
    )

    # --- one correction could not be applied (rejections) ---------------------------------------
    CORRECTION_OUTDATED = (
        "correction_outdated",
        "look at the page: remove the correction, write down what it expects now, or give it a version",
    )
    CORRECTION_REFUSED = "correction_refused", "mend the correction: what it asks for cannot be"

    # --- one decision of the authority file could not be used (rejections) ----------------------
    AUTHORITY_UNREADABLE = (
        "authority_unreadable",
        "mend the decision in the file that is named; docs/people.md shows each key",
    )
    AUTHORITY_REFUSED = (
        "authority_refused",
        "mend the decision, or undo it with `roundtable people undo`: it contradicts what stands already",
    )

    # --- damage in the store ----------------------------------------------------------------------
    CAPTURE_DAMAGED = "capture_damaged", "restore the named file from a backup of captures/"
    TORN_TAIL = "torn_tail", "nothing to do: an interrupted write was cut off; it had never counted"
    JOURNAL_DAMAGED = "journal_damaged", "restore the named file from a backup of journal/"
    CURATION_DAMAGED = "curation_damaged", "mend the named file, or restore it from a backup of curation/"
    INDEX_DAMAGED = "index_damaged", "`roundtable rebuild` makes the index again from the manifests"
    INDEX_BEHIND = "index_behind", "`roundtable rebuild` brings the index up to date"
    FOREIGN_FILE = "foreign_file", "move it away: it does not belong to the archive"


class Outcome(StrEnum):
    """How one attempt to fetch a URL ended; `kind` groups them for counts and exit codes."""

    kind: str
    meaning: str

    def __new__(cls, value: str, kind: str = "", meaning: str = "") -> "Outcome":
        """Store the short name as the value, its group and its meaning beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.kind = kind
        member.meaning = meaning
        return member

    FETCHED = "fetched", "fetched", "a new payload was kept"
    UNCHANGED = "unchanged", "unchanged", "the server says, or the digest shows, that nothing changed"
    REDIRECTED = "redirected", "fetched", "the answer points to another address, which was followed"
    ROBOTS_DISALLOWED = "robots_disallowed", "refused", "robots.txt asks us not to fetch this address"
    ROBOTS_UNAVAILABLE = (
        "robots_unavailable",
        "failed",
        "robots.txt could not be had, so the host is left alone",
    )
    NOT_FOUND = "not_found", "failed", "the server has no such page (404 or 410)"
    CLIENT_ERROR = "client_error", "failed", "the server refused the request (another 4xx)"
    SERVER_ERROR = "server_error", "failed", "the server failed (5xx)"
    THROTTLED = "throttled", "failed", "the server asked us to slow down (429, or 503 with Retry-After)"
    HOST_UNRESOLVED = "host_unresolved", "failed", "the host's name has no address"
    ADDRESS_REFUSED = "address_refused", "failed", "the host's address is private, loopback or reserved"
    CONNECT_FAILED = "connect_failed", "failed", "no connection could be made"
    TLS_FAILED = "tls_failed", "failed", "the secure connection could not be set up"
    TIMED_OUT = "timed_out", "failed", "no answer came in time"
    BROKEN_RESPONSE = "broken_response", "failed", "the answer ended early or was not HTTP"
    TOO_LARGE = "too_large", "failed", "the answer was larger than the limit"
    EMPTY = "empty", "failed", "the answer has no content"
    LISTED = "listed", "fetched", "the archive said which captures of an address it has"
    NOT_ARCHIVED = "not_archived", "unchanged", "the archive has no capture of this address that could be used"
    NOT_A_CAPTURE = "not_a_capture", "failed", "the archive answered with something else than the capture it lists"
    REDIRECT_LOOP = "redirect_loop", "failed", "the redirects led nowhere within the limit"
    REDIRECT_REFUSED = (
        "redirect_refused",
        "failed",
        "a redirect points to something that is not http or https",
    )
    STOPPED = "stopped", "failed", "the run ended before this address was tried"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a look at the files found amiss.

    Attributes:
        code: which of the known faults it is; `torn_tail` is what an interrupted write left, and no damage.
        file: the file, relative to the folder that was looked at.
        offset: in bytes, where the fault begins.
        what: in words.
    """

    code: Code
    file: str
    offset: int
    what: str

    @property
    def is_damage(self) -> bool:
        """False for what an interrupted write left: it had never counted."""
        return self.code is not Code.TORN_TAIL

    def __str__(self) -> str:
        """One line."""
        return f"{self.code}  {self.file}@{self.offset}  {self.what}"


@dataclass(slots=True)
class Checked:
    """What a look at a group of files came to: how much was looked at, and what was found amiss.

    Attributes:
        files, records, bytes: how many were read; a record is a WARC record, a table's row or a line.
        findings: in order of file and offset.
    """

    files: int = 0
    records: int = 0
    bytes: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def damage(self) -> list[Finding]:
        """The findings that something must be done about."""
        return [finding for finding in self.findings if finding.is_damage]


class RoundtableError(Exception):
    """Something a person can mend: what, where, and what to do. Printed as one line, never as a traceback.

    Args:
        code: which of the known faults it is; its advice is printed unless `advice` is given.
        what: what is wrong, with the value that was met.
        where: the file, offset, option or URL that it concerns.
        advice: what to do next, where the code's own advice is not precise enough.
    """

    def __init__(self, code: Code, what: str, where: str = "", advice: str = "") -> None:
        self.code = code
        self.what = what
        self.where = where
        self.advice = advice or code.advice
        place = f" ({where})" if where else ""
        super().__init__(f"{what}{place}: {self.advice} [{code}]")


def disk_error(error: OSError) -> RoundtableError:
    """What the operating system refused, in one line."""
    return RoundtableError(Code.DISK_REFUSED, error.strerror or str(error), str(error.filename or ""))
