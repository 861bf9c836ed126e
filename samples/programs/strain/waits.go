package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"sync"
	"syscall"
	"time"
)

// Journal writes its lines to a pipe.
type Journal struct{ out *os.File }

//go:noinline
func (j *Journal) Append(line []byte) { j.out.Write(line) }

// full lets many goroutines write to one pipe that nobody reads: one of them is in the write, the others before it.
func full() {
	reader, writer, _ := os.Pipe()
	j := &Journal{writer}
	for i := 0; i < 40; i++ {
		go j.Append(make([]byte, 100<<10))
	}
	time.Sleep(time.Second)
	pprof.Lookup("goroutine").WriteTo(os.Stdout, 2)
	runtime.KeepAlive(reader)
	os.Exit(0)
}

// Batch sends each result while the one that receives waits for all of them.
type Batch struct {
	results chan int
	wg      sync.WaitGroup
}

//go:noinline
func (b *Batch) work(n int) {
	defer b.wg.Done()
	b.results <- n
}

//go:noinline
func (b *Batch) sum() (total int) {
	b.wg.Wait()
	close(b.results)
	for n := range b.results {
		total += n
	}
	return total
}

// circle waits for workers that wait to be received from, and asks itself for a dump. A program that handles a signal
// is never told that all its goroutines are asleep.
func circle() {
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	b := &Batch{results: make(chan int)}
	for i := 0; i < 3; i++ {
		b.wg.Add(1)
		go b.work(i)
	}
	time.AfterFunc(time.Second, func() { syscall.Kill(os.Getpid(), syscall.SIGQUIT) })
	fmt.Println(b.sum())
}

// deeper has more and more goroutines at the end of a deep recursion, and writes a heap text into each named file.
func deeper(files []string) {
	done := make(chan int)
	for _, name := range files {
		for i := 0; i < 40; i++ {
			go deep(40, done)
		}
		time.Sleep(300 * time.Millisecond)
		runtime.GC()
		write(name)
	}
	os.Exit(0)
}

func write(name string) {
	file, err := os.Create(name)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	pprof.Lookup("heap").WriteTo(io.Writer(file), 1)
}

// pauses follows a long list again and again; with GODEBUG=gcstoptheworld=2 the world stands still meanwhile.
func pauses() {
	debug.SetGCPercent(-1)
	for i := 0; i < 20_000_000; i++ {
		tree = &node{left: tree}
	}
	for i := 0; i < 24; i++ {
		runtime.GC()
	}
}
