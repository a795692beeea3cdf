"""Long runs, part by part: what is done stays done, and shards are complete or absent."""
