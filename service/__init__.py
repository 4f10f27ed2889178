"""The parts put together and kept running."""
