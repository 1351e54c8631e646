"""How a program lives: clock, tasks, supervision, logging, paths. No Qt."""
