"""Figures as people read them."""


def readable(figure: float) -> str:
    """Three digits that count and never an exponent: 0.012, 3.14, 31.4, 314, 31,415."""
    if figure >= 100:
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}" if figure >= 1 else f"{figure:.3f}"


def short(figure: float) -> str:
    """In few letters: 0.1, 12, 180k, 2M."""
    for unit, size in (("M", 1_000_000), ("k", 1_000)):
        if figure >= size:
            return f"{figure / size:.3g}{unit}"
    return f"{figure:.3g}"
