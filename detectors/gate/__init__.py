"""The gate: which of all the expressions may match in a text, found in one pass over it.

`syntax` reads an expression, `needed` keeps what a match can't do without, `written` puts that down for the
multi-pattern engine, `shelves` compiles and searches, and `gate` tells the recognizers what is worth trying.
"""

from detectors.gate.gate import Gate, OpenGate, PatternGate, Sieve
from detectors.gate.sought import Sought

__all__ = ["Gate", "OpenGate", "PatternGate", "Sieve", "Sought"]
