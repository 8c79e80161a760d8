"""How fast the detectors are, and against whom: `make bench-speed`.

Everything is measured in one run, on the same generated chat, from a text to its findings or its decision.
"""
