"""What supplied material proves about a model: pure functions that execute and fetch nothing."""
