package main

import (
	"io"
	"runtime"
	"runtime/pprof"
)

var kept [][]byte

// writeHeap allocates on as many different stacks, every allocation sampled, and prints the heap profile at debug=1.
// A stack is a path: each bit of its number is a turn to the left or to the right.
func writeHeap(out io.Writer, records int) {
	runtime.MemProfileRate = 1
	for number := 0; number < records; number++ {
		left(number, 16)
	}
	runtime.GC()
	pprof.Lookup("heap").WriteTo(out, 1)
}

//go:noinline
func left(number, depth int) {
	switch {
	case depth == 0:
		kept = append(kept, make([]byte, 512+number%7*64))
	case number>>(depth-1)&1 == 0:
		left(number, depth-1)
	default:
		right(number, depth-1)
	}
}

//go:noinline
func right(number, depth int) {
	switch {
	case depth == 0:
		kept = append(kept, make([]byte, 1024+number%5*64))
	case number>>(depth-1)&1 == 0:
		left(number, depth-1)
	default:
		right(number, depth-1)
	}
}
