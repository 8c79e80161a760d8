"""A drawing that looks right on a light page and on a dark one."""

from collections.abc import Iterable
from html import escape

WIDTH = 760

_STYLE = """\
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
  .page { fill: #ffffff; stroke: #d1d9e0; }
  .title { font-size: 15px; font-weight: 600; }
  .quiet { fill: #59636e; font-size: 12px; }
  .grid { stroke: #d1d9e0; stroke-width: 1; }
  .ours { fill: #0969da; stroke: #0969da; }
  .other { fill: #818b98; stroke: #818b98; }
  .third { fill: #bc4c00; stroke: #bc4c00; }
  text.ours, text.other, text.third { stroke: none; }
  .bold { font-weight: 600; }
  .hollow { fill: #ffffff; stroke-width: 2; }
  .line { fill: none; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .page { fill: #0d1117; stroke: #3d444d; }
    .quiet { fill: #9198a1; }
    .grid { stroke: #3d444d; }
    .ours { fill: #4493f8; stroke: #4493f8; }
    .other { fill: #9198a1; stroke: #9198a1; }
    .third { fill: #db6d28; stroke: #db6d28; }
    .hollow { fill: #0d1117; }
    .line { fill: none; }
  }"""


def drawing(title: str, description: str, height: float, shapes: Iterable[str]) -> str:
    """The shapes on a page of its own, with words for those who can't see them."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img"'
        ' aria-labelledby="title description">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(description)}</desc>',
        f"<style>\n{_STYLE}\n</style>",
        f'<rect class="page" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1:g}" rx="8"/>',
        *shapes,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" class="{kind}"/>'


def dot(x: float, y: float, kind: str, radius: float = 5) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" class="{kind}"/>'


def path(points: Iterable[tuple[float, float]], kind: str) -> str:
    return f'<polyline points="{" ".join(f"{x:g},{y:g}" for x, y in points)}" class="{kind} line"/>'
