"""Asks whether the words of a context stand at a place of a page."""

from detectors.allowance import left
from detectors.recognizers.page import Page
from detectors.rulebook import Context, joined, sought


class Asked:
    """A context, ready to be asked about a place."""

    def __init__(self, rule: Context) -> None:
        self.rule = rule
        pattern = {
            "just before": rf"(?:{joined(rule.pattern)})[^\w\n]*\Z",
            "just after": rf"\A[^\w\n]*(?:{joined(rule.pattern)})",
        }.get(rule.where, joined(rule.pattern))
        self._sought = sought(pattern, rule.case)

    def holds(self, page: Page, start: int, end: int) -> bool:
        """Whether the context is there for what stands from `start` to `end`. Raises TimeoutError."""
        match self.rule.where:
            case "just before":
                return self._in(page.before(start))
            case "just after":
                return self._in(page.after(end))
            case "itself":
                return self._in(page.text[start:end])
            case "sentence":
                return self._in(page.sentence(start, end))
            case "clause":
                return self._in(page.clause(start, end))
            case "message":
                # The same for every place of a page, and a page may have thousands.
                return page.answer(self.rule.name, self._in)

    def _in(self, text: str) -> bool:
        return self._sought.expression.search(text, timeout=left()) is not None
