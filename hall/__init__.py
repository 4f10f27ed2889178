"""The rules of the hall: pure functions over plain values. Standard library only, no clock, no I/O."""
