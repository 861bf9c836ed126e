"""What few, many, and most are where goroutines are judged: each word is one number in all rules and signs."""

FEW, MANY, HUNDREDS, THOUSANDS = 5, 10, 100, 1000
MOST, NEARLY_ALL = 0.8, 0.9
