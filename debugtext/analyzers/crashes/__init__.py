"""The rules about reports of the end of a program, and of its tests."""
