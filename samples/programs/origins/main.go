// Origins is a server whose goroutines wait for the same reasons in a leak and in a program that is well:
// handlers whose clients are there or have gone, and sessions that are made once or by every request.
package main

import (
	"fmt"
	"net"
	"net/http"
	_ "net/http/pprof"
	"time"
)

type session struct{ closed chan struct{} }

func join() *session {
	s := &session{closed: make(chan struct{})}
	go s.ping()
	return s
}

func (s *session) ping() {
	beat := time.NewTicker(time.Minute)
	defer beat.Stop()
	for {
		select {
		case <-beat.C:
		case <-s.closed:
			return
		}
	}
}

// patient gives up when its client does.
func patient(w http.ResponseWriter, r *http.Request) {
	select {
	case <-make(chan int):
	case <-r.Context().Done():
	}
}

// deaf waits for an answer alone.
func deaf(w http.ResponseWriter, r *http.Request) {
	answer := make(chan int)
	fmt.Fprint(w, <-answer)
}

func main() {
	http.HandleFunc("/patient", patient)
	http.HandleFunc("/deaf", deaf)
	http.HandleFunc("/join", func(http.ResponseWriter, *http.Request) { join() })
	http.HandleFunc("/visit", func(http.ResponseWriter, *http.Request) { close(join().closed) })
	for range 16 {
		join()
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr())
	panic(http.Serve(listener, nil))
}
