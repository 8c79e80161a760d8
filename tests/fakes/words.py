"""The `Words` port, saying the name of what it was asked for, and what was to be filled in."""


class FakeWords:
    def text(self, language: str, key: str, /, **values: str) -> str:
        filled = " ".join(f"{name}={value}" for name, value in sorted(values.items()))
        return f"[{language}] {key} {filled}".strip()
