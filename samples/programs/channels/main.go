// Command channels has goroutines at channels that are made and at one that is nil, and writes a profile of them.
package main

import (
	"os"
	"runtime/pprof"
	"time"
)

var (
	missing chan int
	made    = make(chan int)
	full    = make(chan int)
)

func receive() { <-made }
func readAll() {
	for range made {
	}
}
func send()       { full <- 1 }
func receiveNil() { <-missing }
func readAllNil() {
	for range missing {
	}
}
func sendNil() { missing <- 1 }

func main() {
	for _, start := range []func(){receive, readAll, send, receiveNil, readAllNil, sendNil} {
		go start()
	}
	time.Sleep(200 * time.Millisecond)
	if err := pprof.Lookup("goroutine").WriteTo(os.Stdout, 1); err != nil {
		panic(err)
	}
}
