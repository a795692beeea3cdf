"""Many sources: what they are, who cleans them, where the results go and what came of it all."""
