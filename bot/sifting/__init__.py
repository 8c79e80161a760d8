"""Many messages and files, judged here or by several processes, with the answers in the order of what came."""
