"""One module a family of things that can be recognised."""
