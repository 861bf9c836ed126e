"""The command line: one command a file, each of them options → one library call → echo → exit code."""
