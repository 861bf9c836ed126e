// Program kept makes what lives until somebody ends it, and forgets it: timers, contexts. It prints its heap as text, or
// with -proto as the binary profile, for `go tool pprof`.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

const orders = 600_000

type shop struct{ base context.Context }

// Each order has a timer of its own that nobody stops when the order is paid.
//
//go:noinline
func (s *shop) remind(order int) {
	time.AfterFunc(time.Hour, func() { fmt.Println("not paid:", order) })
}

// Each order has a context of its own whose cancel function is thrown away.
//
//go:noinline
func (s *shop) begin() context.Context {
	ctx, cancel := context.WithCancel(s.base)
	_ = cancel
	return ctx
}

func main() {
	base, cancel := context.WithCancel(context.Background())
	defer cancel()
	s := &shop{base}
	states := map[string]func(int){
		"timers":   s.remind,
		"contexts": func(int) { _ = s.begin() },
	}
	if len(os.Args) < 2 || states[os.Args[1]] == nil {
		fmt.Println("timers contexts")
		os.Exit(2)
	}
	for order := range orders {
		states[os.Args[1]](order)
	}
	runtime.GC()
	runtime.GC()
	debug := 1
	if len(os.Args) > 2 && os.Args[2] == "-proto" {
		debug = 0
	}
	pprof.Lookup("heap").WriteTo(os.Stdout, debug)
	runtime.KeepAlive(s)
}
