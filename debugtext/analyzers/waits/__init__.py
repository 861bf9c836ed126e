"""The rules about goroutines that wait, or that there are more and more of."""
