// Command strain brings a process into a state that a rule of debugtext knows
// by name, prints a text about it, and ends.
//
//	go run -trimpath . stacks > stacks.txt
package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

var (
	kept   [][]byte
	sink   []byte
	tree   *node
	mapped []byte

	entries   journal
	collected [4]bytes.Buffer
)

type node struct{ left, right *node }

func grow(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{grow(depth - 1), grow(depth - 1)}
}

//go:noinline
func deep(n int, done chan int) int {
	var pad [1024]byte
	pad[n] = byte(n)
	if n == 0 {
		return <-done
	}
	return deep(n-1, done) + int(pad[n])
}

// stacks starts goroutines that wait at the end of a deep recursion.
func stacks() {
	done := make(chan int)
	for i := 0; i < 1500; i++ {
		go deep(40, done)
	}
	time.Sleep(500 * time.Millisecond)
}

// idle fills 300 MiB and lets go of them.
func idle() {
	for i := 0; i < 300; i++ {
		kept = append(kept, make([]byte, 1<<20))
	}
	kept = nil
	runtime.GC()
}

// holes keeps one of sixteen small objects.
func holes() {
	all := make([][]byte, 400_000)
	for i := range all {
		all[i] = make([]byte, 512)
	}
	for i := 0; i < len(all); i += 16 {
		kept = append(kept, all[i])
	}
	all = nil
	runtime.GC()
}

// collector makes garbage beside a large tree, with a collection all the time.
func collector() {
	tree = grow(18)
	debug.SetGCPercent(1)
	for i := 0; i < 6_000; i++ {
		sink = make([]byte, 64<<10)
	}
}

// forced collects by hand.
func forced() {
	for i := 0; i < 80; i++ {
		sink = make([]byte, 1<<10)
		runtime.GC()
	}
}

//go:noinline
func encode() { sink = make([]byte, 256<<10) }

// churn makes 3 GiB of garbage.
func churn() {
	for i := 0; i < 12<<10; i++ {
		encode()
	}
}

// outside maps and touches 500 MiB that Go's runtime knows nothing of.
func outside() {
	mapped, _ = syscall.Mmap(-1, 0, 500<<20, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	for i := 0; i < len(mapped); i += 4096 {
		mapped[i] = 1
	}
}

type journal struct{ lines []line }

type line struct{ at, number int64 }

//go:noinline
func (j *journal) add(n int64) { j.lines = append(j.lines, line{n, n}) }

// appends lets one slice grow to some hundred MiB.
func appends() {
	for n := int64(0); n < 16<<20; n++ {
		entries.add(n)
	}
	runtime.GC()
}

//go:noinline
func collect(into *bytes.Buffer) {
	for i := 0; i < 900; i++ {
		into.Write(make([]byte, 64<<10))
	}
}

// buffers fills some buffers, and keeps them all.
func buffers() {
	for i := range collected {
		collect(&collected[i])
	}
	runtime.GC()
}

// threads reads pipes that nobody writes to, each in a thread of its own.
func threads() {
	for i := 0; i < 1100; i++ {
		var p [2]int
		if syscall.Pipe(p[:]) == nil {
			go func() { var b [1]byte; syscall.Read(p[0], b[:]) }()
		}
	}
	time.Sleep(2 * time.Second)
}

// Board calls its listeners with its lock held.
type Board struct {
	mu        sync.Mutex
	score     int
	listeners []func()
}

// Add changes the score.
func (b *Board) Add(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.score += n
	for _, listener := range b.listeners {
		listener()
	}
}

// Score reads it.
func (b *Board) Score() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.score
}

type screen struct{ board *Board }

//go:noinline
func (s *screen) redraw() { fmt.Println(s.board.Score()) }

// again locks a mutex twice in one goroutine, and prints all goroutines two minutes later.
func again() {
	b := &Board{}
	b.listeners = append(b.listeners, (&screen{b}).redraw)
	go b.Add(1)
	for i := 0; i < 13; i++ {
		time.Sleep(10 * time.Second)
		runtime.GC()
	}
	pprof.Lookup("goroutine").WriteTo(os.Stdout, 2)
	os.Exit(0)
}

// printed recovers, and prints the stack alone.
func printed() {
	defer func() {
		recover()
		debug.PrintStack()
		os.Exit(0)
	}()
	decode(nil)
}

//go:noinline
func decode(b []byte) byte { return b[3] }

// checkptr does what unsafe code must not; build it with -gcflags=all=-d=checkptr.
func checkptr() {
	sink = make([]byte, 8)
	p := (*byte)(unsafe.Pointer(uintptr(unsafe.Pointer(&sink[0])) + 1<<16))
	fmt.Println(*p)
}

// constant writes into a string of the program.
func constant() {
	text := "what the program says"
	b := unsafe.Slice(unsafe.StringData(text), len(text))
	b[0] = 'W'
	fmt.Println(text)
}

// shortened reads a mapped file behind its new end.
func shortened() {
	file, _ := os.CreateTemp("", "strain")
	os.Remove(file.Name())
	file.Truncate(8192)
	data, _ := syscall.Mmap(int(file.Fd()), 0, 8192, syscall.PROT_READ, syscall.MAP_SHARED)
	file.Truncate(4096)
	fmt.Println(page(data, 1))
}

//go:noinline
func page(data []byte, number int) byte { return data[number*4096] }

// burst starts goroutines faster than they run, and prints them.
func burst() {
	runtime.GOMAXPROCS(1)
	for i := 0; i < 150; i++ {
		go handle(i)
	}
	pprof.Lookup("goroutine").WriteTo(os.Stdout, 2)
	os.Exit(0)
}

//go:noinline
func handle(number int) { kept = append(kept, make([]byte, number)) }

// passed starts very many goroutines at once, and waits until all have ended.
func passed() {
	var all sync.WaitGroup
	done := make(chan int)
	for i := 0; i < 60000; i++ {
		all.Add(1)
		go func() { defer all.Done(); <-done }()
	}
	time.Sleep(500 * time.Millisecond)
	close(done)
	all.Wait()
	runtime.GC()
}

func main() {
	states := map[string]func(){
		"stacks": stacks, "idle": idle, "holes": holes, "collector": collector, "forced": forced,
		"churn": churn, "outside": outside, "threads": threads, "again": again, "printed": printed,
		"checkptr": checkptr, "constant": constant, "shortened": shortened, "burst": burst, "full": full, "circle": circle, "drain": drain, "ask": ask, "pauses": pauses,
		"appends": appends, "buffers": buffers, "passed": passed,
		"deeper": func() { deeper(os.Args[2:]) },
	}
	if len(os.Args) < 2 || states[os.Args[1]] == nil {
		fmt.Println("stacks idle holes collector forced churn outside threads again printed checkptr constant shortened burst full circle drain ask pauses appends buffers passed deeper")
		os.Exit(2)
	}
	states[os.Args[1]]()
	profile := "heap"
	if os.Args[1] == "threads" {
		profile = "threadcreate"
	}
	pprof.Lookup(profile).WriteTo(os.Stdout, 1)
	runtime.KeepAlive(tree)
}
