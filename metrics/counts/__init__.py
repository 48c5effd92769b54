"""The only questions to the engine, and what of the answers belongs to a metric."""
