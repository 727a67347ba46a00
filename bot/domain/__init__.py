"""The rules. Pure: no I/O, no async, no clock, no log; `now` is an argument."""
