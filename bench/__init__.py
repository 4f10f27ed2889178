"""What the hall costs, measured: `python -m bench` runs all, `python -m bench.NAME` one.

Each prints one JSON line and exits 1 where it misses its bound; `--sabotage` makes it do what must miss.
Figures are ratios against a floor measured in the same run: these machines differ and are shared.
"""
