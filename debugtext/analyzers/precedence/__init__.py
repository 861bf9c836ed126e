"""What several rules, dumps or texts say of the same goroutines, said once; and what is said first."""
