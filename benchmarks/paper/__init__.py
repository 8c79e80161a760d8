"""Photographs and scans of papers, made here: memoranda that carry labels, and papers that carry none."""
