"""The product: model, policy, pipeline, cases, store, console and command line. Knows no chat SDK."""
