// Bank shows what github.com/sasha-s/go-deadlock reports: bank order|twice|held.
package main

import (
	"os"
	"time"

	deadlock "github.com/sasha-s/go-deadlock"
)

type Bank struct {
	accounts deadlock.Mutex
	journal  deadlock.RWMutex
}

func (b *Bank) Pay() {
	b.accounts.Lock()
	defer b.accounts.Unlock()
	b.write()
}

func (b *Bank) write() {
	b.journal.Lock()
	defer b.journal.Unlock()
}

func (b *Bank) Report() {
	b.journal.RLock()
	defer b.journal.RUnlock()
	b.sum()
}

func (b *Bank) sum() {
	b.accounts.Lock()
	defer b.accounts.Unlock()
}

func (b *Bank) Balance() {
	b.accounts.Lock()
	defer b.accounts.Unlock()
	b.sum()
}

func (b *Bank) Audit(done <-chan bool) {
	b.accounts.Lock()
	defer b.accounts.Unlock()
	<-done
}

func main() {
	deadlock.Opts.DeadlockTimeout = 300 * time.Millisecond
	bank := &Bank{}
	switch os.Args[1] {
	case "order":
		bank.Pay()
		go bank.Report()
		time.Sleep(time.Second)
	case "twice":
		bank.Balance()
	case "held":
		go bank.Audit(make(chan bool))
		time.Sleep(50 * time.Millisecond)
		bank.Pay()
	}
}
