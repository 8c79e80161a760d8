"""Configuration: YAML in, checked and frozen settings out, all mistakes at once."""
