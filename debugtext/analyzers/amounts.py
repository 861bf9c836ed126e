"""How many goroutines are few, many or most: each of these words means the same number in all rules and signs."""

FEW, MANY, HUNDREDS, THOUSANDS = 5, 10, 100, 1000
MOST, NEARLY_ALL = 0.8, 0.9
