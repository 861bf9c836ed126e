// Program gives_up ends by the Fatal of a logger, which prints the stacks of all goroutines.
package main

import (
	"errors"
	"flag"
	"os"
	"time"

	"github.com/golang/glog"
	"k8s.io/klog/v2"
)

type warehouse struct{ shelves chan string }

// watch waits for what is put on the shelves, as it should.
func (w *warehouse) watch() {
	for range w.shelves {
	}
}

// open gives up where the warehouse has no address.
func (w *warehouse) open(address, logger string) {
	for range 20 {
		go w.watch()
	}
	time.Sleep(50 * time.Millisecond)
	if address == "" {
		err := errors.New("no address: set WAREHOUSE_ADDRESS")
		if logger == "glog" {
			glog.Fatalf("cannot open the warehouse: %v", err)
		}
		klog.Fatalf("cannot open the warehouse: %v", err)
	}
}

func main() {
	logger := flag.String("logger", "klog", "klog or glog")
	files := flag.NewFlagSet("klog", flag.ExitOnError)
	klog.InitFlags(files)
	_ = files.Set("logtostderr", "false")
	_ = files.Set("alsologtostderr", "true")
	_ = files.Set("log_dir", os.TempDir())
	_ = flag.Set("logtostderr", "true")
	flag.Parse()
	(&warehouse{make(chan string)}).open(os.Getenv("WAREHOUSE_ADDRESS"), *logger)
}
