"""Long runs on the machines of a Ray cluster."""
