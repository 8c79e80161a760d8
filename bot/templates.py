"""Sentences with names in braces, which the YAML files hold."""

from string import Formatter


def check_template(template: str, known: set[str]) -> None:
    """Raises ValueError for a template that is broken or names anything that is not known."""
    for _, name, specification, conversion in Formatter().parse(template):
        if name is not None and (name not in known or specification or conversion):
            shown = ", ".join(f"{{{word}}}" for word in sorted(known))
            raise ValueError(f"names {{{name}}} where only {shown} can be filled in")
