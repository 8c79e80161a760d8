"""Asks which contexts hold at a place of a page: whose words stand there."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from detectors.allowance import left
from detectors.gate import Gate, Sieve, Sought
from detectors.recognizers.page import Page
from detectors.rulebook import Context, Where, joined, sought


class Contexts:
    """Several contexts, ready to be asked about a place. One look at the words there tells which to try."""

    def __init__(self, contexts: Sequence[Context], gate: Gate) -> None:
        numbered = list(enumerate(contexts))
        self._by_where: Mapping[Where, Sieve[tuple[int, Context]]] = {
            where: Sieve(gate, ((one, _sought(one[1])) for one in numbered if one[1].where == where))
            for where in dict.fromkeys(context.where for context in contexts)
        }

    def holding(
        self,
        page: Page,
        start: int,
        end: int,
        *,
        wanted: Callable[[Context], bool] = lambda _context: True,
        without: Iterable[Where] = (),
    ) -> list[Context]:
        """The wanted contexts that are there for what stands from `start` to `end`, in their order.

        Raises TimeoutError.
        """
        held: list[tuple[int, Context]] = []
        for where, contexts in self._by_where.items():
            if where in without:
                continue
            words = _words(where, page, start, end)
            for (number, context), expression in contexts.within(words):
                if not wanted(context):
                    continue

                def ask(text: str, search: Callable[..., object] = expression.search) -> bool:
                    return search(text, timeout=left()) is not None

                # The message is the same for every place of a page, and a page may have thousands.
                if page.answer(context.name, ask) if where == "message" else ask(words):
                    held.append((number, context))
        return [context for _, context in sorted(held, key=lambda one: one[0])]


def _sought(context: Context) -> Sought:
    pattern = {
        "just before": rf"(?:{joined(context.pattern)})[^\w\n]*\Z",
        "just after": rf"\A[^\w\n]*(?:{joined(context.pattern)})",
    }.get(context.where, joined(context.pattern))
    return sought(pattern, context.case)


def _words(where: Where, page: Page, start: int, end: int) -> str:
    match where:
        case "just before":
            return page.before(start)
        case "just after":
            return page.after(end)
        case "itself":
            return page.text[start:end]
        case "sentence":
            return page.sentence(start, end)
        case "clause":
            return page.clause(start, end)
        case "message":
            return page.text
