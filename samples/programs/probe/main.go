// Command probe is a server with a little of every trouble at once, so that one process answers for all the debug
// endpoints. It uses the standard library only. It prints the address it listens on, and serves until it is killed.
package main

import (
	"context"
	_ "expvar"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strconv"
	"sync"
	"time"
)

const leaked = 40

// forgotten waits for a value that nobody can send: nothing else knows its channel.
func forgotten(answers chan int) int {
	return <-answers
}

func forget(n int) {
	for i := 0; i < n; i++ {
		go forgotten(make(chan int))
	}
}

// labelled waits likewise, with labels that have what needs quoting in them.
func labelled() {
	labels := pprof.Labels("endpoint", "/checkout", "tenant", "acme corp", "brace", "{a: b}]:")
	go pprof.Do(context.Background(), labels, func(context.Context) { forgotten(make(chan int)) })
}

// spawn makes goroutines whose creator has a creator: GODEBUG=tracebackancestors=N shows them.
func spawn(depth int) {
	if depth == 0 {
		forgotten(make(chan int))
		return
	}
	go spawn(depth - 1)
	forgotten(make(chan int))
}

type cache struct {
	mu       sync.Mutex
	sessions map[int][]byte
}

// remember keeps n more KiB, in pieces of 16 KiB, for good.
func (c *cache) remember(kib int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := 0; i < kib/16; i++ {
		c.sessions[len(c.sessions)] = make([]byte, 16<<10)
	}
}

type counter struct {
	mu sync.Mutex
	n  int
}

// add holds its lock for so long that the others have to wait.
func (c *counter) add() {
	c.mu.Lock()
	time.Sleep(2 * time.Millisecond)
	c.n++
	c.mu.Unlock()
}

func contend(workers, rounds int) {
	var c counter
	var wg sync.WaitGroup
	for i := 0; i < workers; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < rounds; j++ {
				c.add()
			}
		}()
	}
	wg.Wait()
}

var held = &cache{sessions: map[int][]byte{}}

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "listen address")
	flag.Parse()
	runtime.SetBlockProfileRate(1)
	runtime.SetMutexProfileFraction(1)
	// From now on a collection runs only when it is asked for, so that two requests can see the same heap profile.
	debug.SetGCPercent(-1)
	http.HandleFunc("/grow", func(w http.ResponseWriter, r *http.Request) {
		kib, err := strconv.Atoi(r.FormValue("kib"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		held.remember(kib)
	})
	contend(4, 25)
	held.remember(32 << 10)
	forget(leaked)
	labelled()
	go spawn(2)
	time.Sleep(100 * time.Millisecond)
	runtime.GC()
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}
