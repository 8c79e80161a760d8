"""How thoroughly the properties are tried: a little at each run of the tests, much in `make fuzz`."""

from hypothesis import settings

settings.register_profile("tests", max_examples=100, deadline=None)
settings.register_profile("campaign", max_examples=20_000, deadline=None)
settings.load_profile("tests")
