package main

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

// Feed answers a request when there is news.
type Feed struct{ news chan string }

func (f *Feed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(f.next()))
}

//go:noinline
func (f *Feed) next() string { return <-f.news }

// stop ends a server as examples do, without a deadline.
//
//go:noinline
func stop(server *http.Server) { server.Shutdown(context.Background()) }

// drain shuts a server down while requests wait for news that do not come, and prints all goroutines minutes later.
func drain() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	server := &http.Server{Handler: &Feed{make(chan string)}}
	go server.Serve(listener)
	for i := 0; i < 3; i++ {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			panic(err)
		}
		conn.Write([]byte("GET / HTTP/1.1\r\nHost: feed\r\n\r\n"))
	}
	time.Sleep(time.Second)
	go stop(server)
	for i := 0; i < 20; i++ {
		time.Sleep(10 * time.Second)
		runtime.GC()
	}
	pprof.Lookup("goroutine").WriteTo(os.Stdout, 2)
	os.Exit(0)
}

// Till asks a bank for one thing after another.
type Till struct{ bank *bufio.ReadWriter }

//go:noinline
func (t *Till) readLine() (string, error) { return t.bank.ReadString('\n') }

//go:noinline
func (t *Till) balance(account string) (string, error) {
	t.bank.WriteString("BALANCE " + account) // the line has no end, so that the bank waits for more
	t.bank.Flush()
	return t.readLine()
}

// ask waits for an answer from a peer that waits for more of the question.
func ask() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		panic(err)
	}
	till := &Till{bufio.NewReadWriter(bufio.NewReader(conn), bufio.NewWriter(conn))}
	till.balance("4711")
}
