"""Files that hold many pages, or rows of them: JSON Lines, WARC, Parquet, packed or not."""
