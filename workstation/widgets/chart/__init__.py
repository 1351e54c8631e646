"""The plot of candles with the trader's own lines.

Only these modules know numpy, and they are imported when a chart is first shown: the start of the program
pays nothing for them. Floats here are places on the plot; what a person reads is written from exact decimals.
"""
