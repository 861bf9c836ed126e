// Reads a goroutine dump with gostackparse, and, with -group, puts equal stacks together and prints them as
// debugtext's report does: so that both programs are timed at the same work.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"

	"github.com/DataDog/gostackparse"
)

type group struct {
	count int
	first *gostackparse.Goroutine
}

func main() {
	grouped := flag.Bool("group", false, "group equal stacks and print them")
	flag.Parse()
	file, err := os.Open(flag.Arg(0))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	defer file.Close()
	goroutines, errors := gostackparse.Parse(bufio.NewReaderSize(file, 1<<20))
	if !*grouped {
		fmt.Println(len(goroutines), "goroutines,", len(errors), "errors")
		return
	}
	groups := map[string]*group{}
	var key strings.Builder
	for _, g := range goroutines {
		key.Reset()
		key.WriteString(g.State)
		for _, f := range g.Stack {
			key.WriteString(f.Func)
			key.WriteString(f.File)
			key.WriteString(strconv.Itoa(f.Line))
		}
		if found := groups[key.String()]; found != nil {
			found.count++
		} else {
			groups[key.String()] = &group{1, g}
		}
	}
	sorted := make([]*group, 0, len(groups))
	for _, g := range groups {
		sorted = append(sorted, g)
	}
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].count > sorted[j].count })
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintln(out, len(goroutines), "goroutines on", len(groups), "stacks,", len(errors), "errors")
	for _, g := range sorted {
		fmt.Fprintf(out, "%d [%s]\n", g.count, g.first.State)
		for _, f := range g.first.Stack {
			fmt.Fprintf(out, "\t%s %s:%d\n", f.Func, f.File, f.Line)
		}
	}
}
