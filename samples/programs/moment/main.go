// Command moment does something for every profile, stops, and writes each as text and as a binary profile into a
// folder: nothing happens between the two, so that they must agree.
package main

import (
	"bytes"
	"context"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"sync"
	"time"
)

var kept [][]byte

type stack[T any] struct{ items []T }

func (s *stack[T]) push(item T) { s.items = append(s.items, item) }

type hub struct {
	mu    sync.Mutex
	count int
}

func (h *hub) inc() {
	h.mu.Lock()
	defer h.mu.Unlock()
	time.Sleep(2 * time.Millisecond)
	h.count++
}

func grow(size int) []byte { return make([]byte, size) }

func fill() *stack[[1024]int] {
	var full stack[[1024]int]
	for i := range 300 {
		kept = append(kept, grow(1<<10<<(i%6)))
		full.push([1024]int{})
	}
	for range 2000 {
		_ = append([]byte(nil), grow(700)...)
	}
	return &full
}

func contend() {
	var h hub
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for range 10 {
				h.inc()
			}
		}()
	}
	all.Wait()
}

func park(ctx context.Context, forever chan int) {
	for range 5 {
		go func() { <-forever }()
	}
	pprof.Do(ctx, pprof.Labels("tenant", "acme", "path", "/x"), func(context.Context) {
		for range 3 {
			go recurse(4, forever)
		}
	})
}

func recurse(depth int, forever chan int) {
	if depth > 0 {
		recurse(depth-1, forever)
		return
	}
	select {
	case <-forever:
	case <-time.After(time.Hour):
	}
}

func spin() uint64 {
	sum := uint64(1)
	for start := time.Now(); time.Since(start) < 300*time.Millisecond; {
		for i := range uint64(1 << 22) { // seldom in the vDSO, whose functions have no names
			sum = sum*2862933555777941757 + i
		}
	}
	return sum
}

func main() {
	folder := os.Args[1]
	runtime.MemProfileRate = 4096
	runtime.SetBlockProfileRate(1)
	runtime.SetMutexProfileFraction(1)
	things := pprof.NewProfile("example.com/moment.things")
	for i := range 4 {
		things.Add(new(int), i%2)
	}
	var cpu bytes.Buffer
	if err := pprof.StartCPUProfile(&cpu); err != nil {
		log.Fatal(err)
	}
	forever := make(chan int)
	full := fill()
	contend()
	park(context.Background(), forever)
	kept = append(kept, make([]byte, 1+spin()%2))
	pprof.StopCPUProfile()
	time.Sleep(200 * time.Millisecond)
	runtime.GC()
	runtime.GC()
	debug.SetGCPercent(-1)
	for _, profile := range pprof.Profiles() {
		if profile.Name() == "goroutineleak" {
			continue // it collects garbage, and heap comes after it
		}
		var pair [2]bytes.Buffer
		for debug := range pair {
			if err := profile.WriteTo(&pair[debug], debug); err != nil {
				log.Fatal(err)
			}
		}
		name := filepath.Join(folder, filepath.Base(profile.Name()))
		write(name+".pb.gz", pair[0].Bytes())
		write(name+".txt", pair[1].Bytes())
	}
	write(filepath.Join(folder, "cpu.pb.gz"), cpu.Bytes())
	runtime.KeepAlive(full)
}

func write(name string, content []byte) {
	if err := os.WriteFile(name, content, 0o644); err != nil {
		log.Fatal(err)
	}
}
