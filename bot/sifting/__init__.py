"""Many messages and files, judged here or by several processes, the answers in the order of the questions."""
