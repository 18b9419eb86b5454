"""What supplied material proves about a model: pure functions, nothing executed, nothing fetched."""
