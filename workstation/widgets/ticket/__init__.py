"""The order ticket: what is typed, what is legal, what stands against it, and how far a sent order has come.

`legal_choices`, `draft`, `check_lines` and `sending` are plain logic without widgets; the other files only show them.
"""
