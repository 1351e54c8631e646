"""What trading is: values and the table of order transitions. No I/O, no Qt."""
