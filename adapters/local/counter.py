"""What people ask of Raazdar itself: answers to notices, commands, presses on cards."""

from dataclasses import asdict
from http import HTTPStatus
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.local import translate
from adapters.local.database import showable
from adapters.local.forms import Form
from adapters.local.house import House
from adapters.local.notices import MAX_LETTER, AlreadyAnswered
from adapters.local.pages import Pages, is_script
from adapters.local.shown import note_view, thanks
from adapters.local.visits import Visit, Visits
from bot.model import CardChoice, ChatRef, Choice, Command, CommandName, Message, Press, Reply


class Counter:
    """A reply is shown to whoever asked, in the page that he has open; it is kept nowhere."""

    def __init__(self, house: House, visits: Visits, pages: Pages) -> None:
        self._house = house
        self._visits = visits
        self._pages = pages

    async def answer(self, request: Request) -> Response:
        """The author's answer to a private notice, or to one inside a reply, which names the message."""
        visit = self._visits.visit(request)
        form = await self._visits.form(request)
        choice, letter = self._choice(form)
        if not form.text("key"):
            return await self._answer_in_reply(request, visit, form, choice, letter)
        now = self._house.clock.now()
        try:
            notice = self._house.notices.answer(showable(form.text("key")), visit.model, choice, letter, now)
        except AlreadyAnswered:
            raise self._visits.refusal(HTTPStatus.CONFLICT, "thanks-before") from None
        if notice is None:
            raise self._visits.refusal(HTTPStatus.NOT_FOUND, "local-error-no-notice")
        await self._house.courier.carried()
        return self._pages.done(request, visit.place, notice.message)

    async def typed(self, request: Request, visit: Visit, form: Form, name: str, arguments: str) -> Response:
        """A command from the composer."""
        if name not in set(CommandName):
            raise self._visits.refusal(HTTPStatus.BAD_REQUEST, "local-error-no-command", name=name)
        message = self._message(visit, form.text("answers"))
        return await self._give(request, visit, form, CommandName(name), arguments, message)

    async def command(self, request: Request) -> Response:
        """A button that stands for a command."""
        visit = self._visits.visit(request)
        form = await self._visits.form(request)
        if form.text("command") not in set(CommandName):
            raise self._visits.refusal(HTTPStatus.BAD_REQUEST, "local-error-no-button")
        message = self._message(visit, form.text("message"))
        if form.text("message") and message is None:
            raise self._visits.refusal(HTTPStatus.GONE, "local-error-gone")
        name = CommandName(form.text("command"))
        return await self._give(request, visit, form, name, form.text("arguments"), message)

    async def press(self, request: Request) -> Response:
        """A button under a card."""
        visit = self._visits.visit(request)
        form = await self._visits.form(request)
        card = self._house.cards.find(visit.room.id, showable(form.text("case")))
        if card is None or form.text("choice") not in set(CardChoice):
            raise self._visits.refusal(HTTPStatus.NOT_FOUND, "local-error-no-button")
        press = Press(
            id=uuid4().hex,
            case=card.case,
            chat=ChatRef(translate.PLATFORM, visit.room.id),
            at=self._house.clock.now(),
            by=visit.model,
            choice=CardChoice(form.text("choice")),
            is_member=visit.room.has_member(visit.person.id),
        )
        return self._told(request, visit, await self._house.reception.press(press))

    async def _give(
        self,
        request: Request,
        visit: Visit,
        form: Form,
        name: CommandName,
        arguments: str,
        message: Message | None,
    ) -> Response:
        command = Command(
            id=uuid4().hex,
            name=name,
            chat=ChatRef(translate.PLATFORM, visit.room.id),
            at=self._house.clock.now(),
            by=visit.model,
            arguments=arguments,
            attachments=translate.attachments(form.uploads),
            message=message,
            is_member=visit.room.has_member(visit.person.id),
        )
        return self._told(request, visit, await self._house.reception.command(command))

    async def _answer_in_reply(
        self, request: Request, visit: Visit, form: Form, choice: Choice, letter: str
    ) -> Response:
        row = self._house.rooms.find(showable(form.text("room")), showable(form.text("message")))
        if row is None or row.author != visit.person.id:
            raise self._visits.refusal(HTTPStatus.NOT_FOUND, "local-error-no-notice")
        ref = translate.ref(row.room, row.id)
        self._house.notices.answer_for(ref, visit.model, choice, letter, self._house.clock.now())
        await self._house.courier.carried()
        say = self._house.say.in_language(showable(form.text("language")))
        if is_script(request):
            return JSONResponse({"after": thanks(choice, say)})
        return self._told(request, visit, Reply(thanks(choice, say), say.language))

    def _choice(self, form: Form) -> tuple[Choice, str]:
        if form.text("choice") not in set(Choice):
            raise self._visits.refusal(HTTPStatus.BAD_REQUEST, "local-error-no-button")
        choice, letter = Choice(form.text("choice")), form.text("letter").strip()
        if choice is not Choice.AUTHORISED:
            return choice, ""
        if not letter:
            raise self._visits.refusal(HTTPStatus.BAD_REQUEST, "local-error-no-letter")
        if len(letter) > MAX_LETTER:
            raise self._visits.refusal(
                HTTPStatus.BAD_REQUEST, "local-error-long-letter", limit=str(MAX_LETTER)
            )
        return choice, letter

    def _message(self, visit: Visit, name: str) -> Message | None:
        row = self._visits.answered(visit, name)
        return self._house.rooms.message(row.room, row.id, row.revision) if row else None

    def _told(self, request: Request, visit: Visit, reply: Reply) -> Response:
        about = [notice.ref for notice in reply.notices if notice.ref.platform == translate.PLATFORM]
        rows = {ref: self._house.rooms.find(ref.chat, ref.id) for ref in about}
        note = note_view(reply, {ref: row for ref, row in rows.items() if row}, self._house.say)
        if is_script(request):
            return JSONResponse({"note": asdict(note) if note else None})
        return self._pages.room(request, visit.person, visit.room, note=note)
