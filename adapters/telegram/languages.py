"""In which language the adapter speaks to a person: the one in which the product spoke to him last."""

from dataclasses import dataclass

from adapters.telegram.database import Database
from bot.ports import Words


@dataclass(frozen=True, slots=True)
class Languages:
    """`default` is spoken to those to whom nothing was said yet."""

    db: Database
    words: Words
    default: str

    def learn(self, person: str, language: str) -> None:
        self.db.change("INSERT OR REPLACE INTO languages (person, language) VALUES (?, ?)", person, language)

    def of(self, person: str) -> str:
        row = self.db.row("SELECT language FROM languages WHERE person = ?", person)
        return row["language"] if row else self.default

    def say(self, person: str, key: str, **values: str) -> str:
        return self.words.text(self.of(person), key, **values)
