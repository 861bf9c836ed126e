"""The views of `go tool pprof`, laid out as it does."""
