"""`python -m bot.cli` is `raazdar`."""

from bot.cli.main import main

main()
