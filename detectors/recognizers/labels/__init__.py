"""Classification labels: what is written, how it may be disguised, and whether it marks or only mentions."""
