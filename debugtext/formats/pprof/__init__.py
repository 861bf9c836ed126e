"""What `go tool pprof` prints, and binary profiles."""
