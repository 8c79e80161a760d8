"""How a scan ends, as its exit status says; of several answers the highest counts."""

CLEAN, FOUND, BAD, STOPPED = 0, 1, 2, 130
