"""The rules about goroutines that wait, and about growing numbers of goroutines."""
