"""What the adapter itself says to people. What the product says comes with each notice and card."""

from bot.model import Severity

PUBLIC_NOTICE = "There is a private note for the author of this message."
READ_IT = "Read it in private"
HELLO = (
    "Hello. I look after official information in the groups that I was added to. From now on I can write to "
    "you here, in private, when something of yours needs a second look."
)
ASK_LETTER = "Please answer this message with the number of the letter that permits it."
THANKS = "Thank you."
LETTER_TAKEN = "Thank you. A moderator will check the letter."
NOT_YOURS = "Only the author of the message can answer this."
ANSWERED = "You answered: {answer}"

SEVERITY = {
    Severity.NONE: "⚪",
    Severity.LOW: "🔵",
    Severity.MEDIUM: "🟡",
    Severity.HIGH: "🟠",
    Severity.CRITICAL: "🔴",
}
