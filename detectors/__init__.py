"""Turns text and files into findings. Knows no chat, no policy and no storage."""
