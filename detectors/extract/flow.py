"""The text of a document as it flows: paragraphs, tables, and what was struck out or described in it."""

from detectors.extract.markup import value_of

_TEXT = frozenset({"t", "delText", "text"})
_BREAKS = {"br": "\n", "cr": "\n", "noBreakHyphen": "-", "tab": "\t", "ptab": "\t"}
_DELETED = frozenset({"del", "moveFrom"})
_DESCRIBED = frozenset({"docPr", "cNvPr"})


class Flow:
    """Listens to the XML that Office writes texts, slides, charts and drawings in; their names agree.

    `comments` are those of a file of comments. Text that only older programs would show is kept apart: mostly
    it says again what is there already.
    """

    def __init__(self) -> None:
        self.deleted: list[str] = []
        self.described: list[str] = []
        self.comments: list[str] = []
        self._body: list[str] = []
        self._older: list[str] = []
        self._out = self._body
        self._in_text = self._in_deleted = self._in_older = self._in_definitions = 0

    @property
    def body(self) -> str:
        return "".join(self._body).strip("\n")

    @property
    def older(self) -> str:
        """The lines for older programs that don't stand in the body as well."""
        lines = set(self.body.split("\n"))
        return "\n".join(line for line in "".join(self._older).split("\n") if line and line not in lines)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _TEXT:
            self._in_text += 1
        elif name in _DELETED:
            self._in_deleted += 1
        elif name == "Fallback":
            self._in_older += 1
        elif name in {"tabs", "tabLst"}:
            self._in_definitions += 1
        elif name in _BREAKS and not self._in_definitions:
            self._say(_BREAKS[name])
        elif name in _DESCRIBED:
            self._describe(attributes)

    def end(self, name: str) -> None:
        if name in _TEXT:
            self._in_text -= 1
        elif name in _DELETED:
            self._in_deleted -= 1
        elif name == "Fallback":
            self._in_older -= 1
        elif name in {"tabs", "tabLst"}:
            self._in_definitions -= 1
        elif name == "p":
            self._say("\n")
        elif name == "tc":
            self._close("\t")
        elif name == "tr":
            self._close("\n")
        elif name in {"comment", "cm", "threadedComment"}:
            self.comments.append(self.body)
            self._body.clear()

    def text(self, data: str) -> None:
        if self._in_text:
            self._say(data)

    def _say(self, text: str) -> None:
        if self._in_deleted:
            self.deleted.append(text)
        elif self._in_older:
            self._older.append(text)
        else:
            self._body.append(text)

    def _close(self, mark: str) -> None:
        """Ends a cell or a row: its last paragraph does not end a line of its own."""
        if self._body and self._body[-1] in {"\n", "\t"}:
            self._body.pop()
        self._say(mark)

    def _describe(self, attributes: dict[str, str]) -> None:
        for name in ("title", "descr"):
            if value := value_of(attributes, name):
                self.described.append(value)
