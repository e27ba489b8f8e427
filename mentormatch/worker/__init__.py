"""What carries background work: threads over rows; the rows are the truth."""
