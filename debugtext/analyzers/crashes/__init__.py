"""The rules about crash reports of programs and tests."""
