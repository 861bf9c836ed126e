// Package left has a test that leaves a goroutine behind.
package left

import (
	"testing"

	"go.uber.org/goleak"
)

func startWatcher() chan int {
	updates := make(chan int)
	go watch(updates)
	return updates
}

func watch(updates chan int) {
	for range updates {
	}
}

func TestGoleak(t *testing.T) {
	defer goleak.VerifyNone(t)
	startWatcher()
}
