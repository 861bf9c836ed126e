// Command nearly is well, or ends in another way than it seems: what it does comes close to what a rule of debugtext
// looks for. `nearly pipeline`, `woken` and `waits` print a text about a program that goes on; `listen` is to be stopped
// by SIGQUIT; `hangup` and `deep` panic.
package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
	"time"
)

// crawl sends what it finds, waits for all who send, and closes the channel: who receives is busy, but comes back.
//
//go:noinline
func crawl(pages chan<- int) {
	var group sync.WaitGroup
	for worker := 0; worker < 4; worker++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for page := 0; page < 1000; page++ {
				pages <- page
			}
		}()
	}
	group.Wait()
	close(pages)
}

//go:noinline
func index(page int) { time.Sleep(20 * time.Millisecond) }

func pipeline() {
	pages := make(chan int)
	go crawl(pages)
	for page := range pages {
		index(page)
	}
}

// board has one signal for each message, so that the readers take turns.
type board struct {
	lock    sync.Mutex
	changed *sync.Cond
	unread  int
	sum     int
}

//go:noinline
func (b *board) take() {
	b.lock.Lock()
	defer b.lock.Unlock()
	for b.unread == 0 {
		b.changed.Wait()
	}
	b.unread--
	b.sum++
}

//go:noinline
func (b *board) put() {
	b.lock.Lock()
	b.unread++
	b.lock.Unlock()
	b.changed.Signal()
}

func woken() {
	b := &board{}
	b.changed = sync.NewCond(&b.lock)
	for reader := 0; reader < 12; reader++ {
		go func() {
			for {
				b.take()
			}
		}()
	}
	for {
		b.put()
		time.Sleep(time.Millisecond)
	}
}

type feed struct{ lines *bufio.Reader }

// listen reads for as long as the program lives.
//
//go:noinline
func (f *feed) listen() {
	for {
		line, err := f.lines.ReadString('\n')
		if err != nil {
			panic(err)
		}
		fmt.Print(line)
	}
}

// dial gives both ends of a connection.
func dial() (net.Conn, net.Conn) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer listener.Close()
	here, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		panic(err)
	}
	there, err := listener.Accept()
	if err != nil {
		panic(err)
	}
	return here, there
}

func listen() {
	here, there := dial()
	there.Write([]byte("the first line\n"))
	(&feed{bufio.NewReader(here)}).listen()
}

// send writes to a connection that is closed.
//
//go:noinline
func send(conn net.Conn, line string) {
	if _, err := conn.Write([]byte(line)); err != nil {
		panic(err)
	}
}

func hangup() {
	here, _ := dial()
	here.Close()
	send(here, "one line more\n")
}

type directory struct{ parent *directory }

// depth gives up at the 400th, as if there was a circle.
//
//go:noinline
func (d *directory) depth(level int) int {
	if level == 400 {
		panic("400 directories within one another: is one of them within itself?")
	}
	if d.parent == nil {
		return level
	}
	return d.parent.depth(level+1) + 0*level
}

func deep() {
	d := &directory{}
	d.parent = d
	fmt.Println(d.depth(0))
}

func printLater(profile string, debug int) {
	time.Sleep(2 * time.Second)
	pprof.Lookup(profile).WriteTo(os.Stdout, debug)
	os.Exit(0)
}

func main() {
	switch os.Args[1] {
	case "pipeline":
		go printLater("goroutine", 2)
		pipeline()
	case "woken":
		go printLater("goroutine", 2)
		woken()
	case "waits":
		runtime.SetBlockProfileRate(1)
		go printLater("block", 0)
		pipeline()
	case "listen":
		listen()
	case "hangup":
		hangup()
	case "deep":
		deep()
	}
}
