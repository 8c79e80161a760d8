"""Many messages and files, judged here or by several processes, and answered in the order in which they come."""
