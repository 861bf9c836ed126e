// Command finals leaves tiles to the garbage collector, whose finalizer gives them back: `finals stands` to a pool that
// is full, `finals passes` while somebody holds the pool's lock for a moment. An argument more is the text's debug level.
package main

import (
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
	"time"
)

type tile struct{ pixels [4096]byte }

type pool struct {
	lock sync.Mutex
	free chan int
	back int
}

//go:noinline
func (p *pool) lend() *tile {
	t := &tile{}
	runtime.SetFinalizer(t, p.giveBack)
	return t
}

// giveBack runs in the goroutine of all finalizers.
//
//go:noinline
func (p *pool) giveBack(t *tile) { p.free <- len(t.pixels) }

//go:noinline
func (p *pool) lendCounted() *tile {
	t := &tile{}
	runtime.SetFinalizer(t, p.count)
	return t
}

//go:noinline
func (p *pool) count(t *tile) {
	p.lock.Lock()
	p.back++
	p.lock.Unlock()
}

func main() {
	p := &pool{free: make(chan int, 8)}
	if os.Args[1] == "stands" {
		for i := 0; i < 100; i++ {
			p.lend().pixels[0] = 1
		}
	} else {
		p.lock.Lock()
		p.lendCounted().pixels[0] = 1
	}
	runtime.GC()
	time.Sleep(100 * time.Millisecond)
	level := 2
	if len(os.Args) > 2 {
		level = 1
	}
	pprof.Lookup("goroutine").WriteTo(os.Stdout, level)
}
