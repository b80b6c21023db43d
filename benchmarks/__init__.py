"""Measures the project's speed against named alternatives and writes README.md beside this file.

`make bench`, or `python -m benchmarks --sizes 1489 12000` for some of the sizes. All is built on a memory
disk where there is one, the contenders in turn, so that a busy machine slows all of them alike.
"""
