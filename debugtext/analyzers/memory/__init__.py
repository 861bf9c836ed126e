"""The rules about heap texts, MemStats, and pprof tables."""
