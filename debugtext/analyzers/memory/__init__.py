"""The rules about heap texts, MemStats, and tables of pprof's."""
