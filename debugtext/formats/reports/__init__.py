"""What other tools print about goroutines: leak checkers, the race detector, debuggers; and stacks without headers."""
