// Command inputs makes the texts that the benchmark reads, by real programs: goroutines that really wait, and allocations
// that a real heap profile samples.
//
//	inputs goroutines 100000 >dump.txt
//	inputs heap 50000 >heap.txt
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	if len(os.Args) != 3 {
		fail("usage: inputs goroutines|heap COUNT")
	}
	count, err := strconv.Atoi(os.Args[2])
	if err != nil || count < 1 {
		fail("COUNT must be a positive number")
	}
	switch os.Args[1] {
	case "goroutines":
		writeGoroutines(os.Stdout, count)
	case "heap":
		writeHeap(os.Stdout, count)
	default:
		fail("no such input: " + os.Args[1])
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(2)
}
