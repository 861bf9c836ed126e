"""What stacks tell: whose code a frame is, what a goroutine waits for, which goroutines belong together."""
