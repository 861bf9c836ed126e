"""Dumps of goroutines, as `debug=2` and tracebacks print them; the fast path for blocks of one shape."""
