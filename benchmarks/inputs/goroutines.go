package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand"
	"runtime"
	"sync"
	"time"
)

// stacks is how many different stacks the goroutines wait on.
const stacks = 51

type request struct {
	id      int
	kind    int
	name    string
	payload []byte
	results chan int
	mutex   *sync.Mutex
	group   *sync.WaitGroup
}

var (
	nobody = make(chan int)
	locked sync.Mutex
	never  sync.WaitGroup
	ready  sync.WaitGroup
)

// writeGoroutines parks goroutines and prints all of them as debug=2 does. The text of pprof stops at 64 MiB, that of
// runtime.Stack with the size of its buffer. Waits take minutes to be true, so every third header is given some.
func writeGoroutines(out io.Writer, count int) {
	locked.Lock()
	never.Add(1)
	ready.Add(count)
	random := rand.New(rand.NewSource(1))
	for id := 0; id < count; id++ {
		r := &request{
			id: id, kind: random.Intn(stacks), name: fmt.Sprint("request ", id), payload: make([]byte, random.Intn(100)),
			results: make(chan int), mutex: &locked, group: &never,
		}
		switch id % 3 {
		case 0:
			accept(r)
		case 1:
			schedule(r, id)
		default:
			retry(r, id, time.Duration(random.Int63n(1e12)))
		}
	}
	ready.Wait()
	time.Sleep(time.Second)
	buffer := make([]byte, 2048*count+1<<20)
	text := buffer[:runtime.Stack(buffer, true)]
	writer := bufio.NewWriter(out)
	defer writer.Flush()
	for _, block := range bytes.SplitAfter(text, []byte("\n\n")) {
		if bracket := bytes.Index(block, []byte("]:\n")); bracket > 0 && random.Intn(3) == 0 {
			writer.Write(block[:bracket])
			fmt.Fprintf(writer, ", %d minutes", 1+random.Intn(240))
			block = block[bracket:]
		}
		writer.Write(block)
	}
}

//go:noinline
func accept(r *request) { go serve(r, r.id, r.name) }

//go:noinline
func schedule(r *request, id int) { go work(r, id, len(r.payload)) }

//go:noinline
func retry(r *request, id int, after time.Duration) { go attempt(r, after, id) }

//go:noinline
func serve(r *request, id int, name string) {
	route(r, r.kind, r.payload)
	keep(r, id, name)
}

//go:noinline
func work(r *request, id, size int) {
	route(r, r.kind, r.payload[:size])
	keep(r, id, size)
}

//go:noinline
func attempt(r *request, after time.Duration, id int) {
	route(r, r.kind, r.payload)
	keep(r, after, id)
}

//go:noinline
func route(r *request, kind int, payload []byte) {
	switch kind % 4 {
	case 0:
		authenticate(r, payload)
	case 1:
		decode(r, kind/4, r.name)
	case 2:
		stream(r, kind, payload, true)
	default:
		cached(r, r.id)
	}
}

//go:noinline
func authenticate(r *request, payload []byte) {
	query(r, r.kind/4, r.name, len(payload))
	keep(r, payload)
}

//go:noinline
func decode(r *request, kind int, name string) {
	query(r, kind, name, r.id)
	keep(r, name)
}

//go:noinline
func stream(r *request, kind int, payload []byte, more bool) {
	query(r, kind/4, r.name, kind)
	keep(r, payload, more)
}

//go:noinline
func cached(r *request, id int) {
	query(r, r.kind/4, "cache", id)
	keep(r, id)
}

//go:noinline
func query(r *request, kind int, name string, size int) {
	if kind%2 == 0 {
		prepared(r, kind/2, size)
	} else {
		direct(r, kind/2, name)
	}
	keep(r, name, size)
}

//go:noinline
func prepared(r *request, kind, size int) {
	transport(r, kind, uintptr(size))
	keep(r, size)
}

//go:noinline
func direct(r *request, kind int, name string) {
	transport(r, kind, uintptr(len(name)))
	keep(r, name)
}

//go:noinline
func transport(r *request, kind int, size uintptr) {
	wait(r, kind, size)
	keep(r, size)
}

//go:noinline
func wait(r *request, kind int, size uintptr) {
	ready.Done()
	switch kind {
	case 0:
		<-r.results
	case 1:
		r.results <- r.id
	case 2:
		select {
		case <-r.results:
		case <-nobody:
		}
	case 3:
		r.mutex.Lock()
	case 4:
		r.group.Wait()
	case 5:
		time.Sleep(time.Hour)
	default:
		var condition = sync.NewCond(&sync.Mutex{})
		condition.L.Lock()
		condition.Wait()
	}
	keep(r, size)
}

// keep makes its arguments live until here: the runtime marks others as stale, and may print zeros for them.
//
//go:noinline
func keep(values ...any) { runtime.KeepAlive(values) }
