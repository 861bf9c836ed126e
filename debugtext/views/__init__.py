"""Views compute what a profile holds by function, call, stack or label; renderers print it."""
