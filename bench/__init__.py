"""The benchmark suite: it measures and never asserts."""
