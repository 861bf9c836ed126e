// Command itself waits for what only it could end: `itself itself`; or for others in the same functions: `itself others`.
package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"runtime/pprof"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

type catalog struct {
	group    singleflight.Group
	once     sync.Once
	currency string
}

//go:noinline
func (c *catalog) Price(article string) any {
	price, _, _ := c.group.Do(article, func() (any, error) { return c.load(article), nil })
	return price
}

// load asks for the price of the article that this one is a variant of: for "shirt" that is itself.
//
//go:noinline
func (c *catalog) load(article string) any {
	if article == "cloth" {
		time.Sleep(time.Hour)
	}
	if article == "trousers" {
		return c.Price("cloth")
	}
	return c.Price(article)
}

//go:noinline
func (c *catalog) Currency() string {
	c.once.Do(func() { c.currency = c.setting("currency") })
	return c.currency
}

//go:noinline
func (c *catalog) setting(name string) string { return name + c.Currency() }

func serve(stops func() *http.Server) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { stop(stops()) })}
	if stops == nil {
		server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { time.Sleep(time.Hour) })
	}
	servers[listener.Addr().String()] = server
	go server.Serve(listener)
	return listener.Addr().String()
}

//go:noinline
func stop(server *http.Server) error { return server.Shutdown(context.Background()) }

var servers = map[string]*http.Server{}

func main() {
	c := &catalog{}
	if os.Args[1] == "itself" {
		go c.Price("shirt")
		go c.Currency()
		var address string
		address = serve(func() *http.Server { return servers[address] })
		go http.Get("http://" + address)
	} else {
		go c.Price("cloth")
		time.Sleep(100 * time.Millisecond)
		go c.Price("trousers")
		shop := serve(nil)
		admin := serve(func() *http.Server { return servers[shop] })
		go http.Get("http://" + shop)
		time.Sleep(100 * time.Millisecond)
		go http.Get("http://" + admin)
	}
	time.Sleep(300 * time.Millisecond)
	pprof.Lookup("goroutine").WriteTo(os.Stdout, 2)
}
