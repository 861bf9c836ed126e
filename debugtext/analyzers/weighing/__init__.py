"""Whether a crowd of waiting goroutines is a leak: the signs, the limits, and the suspicion that they add up to."""
