package cart

type Cart struct {
	items map[string]int
	total *int
}

func (c *Cart) Add(name string) int {
	c.items[name]++
	*c.total++
	return c.items[name]
}

func Put(name string) int {
	c := &Cart{items: map[string]int{}}
	return c.Add(name)
}
