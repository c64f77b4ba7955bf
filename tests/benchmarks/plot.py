"""A bar chart as SVG: answers in a second, by server, on a logarithmic scale."""

import math
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

_COLOURS = ("#0b6e4f", "#c8553d", "#6c757d", "#3d5a80", "#8ac926")
_LEFT, _WIDTH, _BAR, _GAP = 330, 430, 13, 14
_DECADES = 6  # from 0.1 to 100,000 answers in a second


def svg(figures: Mapping[str, Mapping[str, float | None]]) -> str:
    """Return the chart of those figures that are rates."""
    rates = {name: row for name, row in figures.items() if name.endswith(", a second")}
    names = list(dict.fromkeys(name for row in rates.values() for name in row))
    colours = dict(zip(names, _COLOURS, strict=False))
    body = list(_bars(rates, colours))
    height = 40 + sum(len(row) * _BAR + _GAP for row in rates.values())
    box = f'viewBox="0 0 {_LEFT + _WIDTH + 60} {height}" font-family="sans-serif" font-size="11"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
        "<title>Answers in a second, on a logarithmic scale</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        *_legend(colours),
        *body,
        "</svg>\n",
    ]
    return "\n".join(lines)


def _legend(colours: Mapping[str, str]) -> Iterator[str]:
    for number, (name, colour) in enumerate(colours.items()):
        x = 20 + number * 150
        yield f'<rect x="{x}" y="10" width="11" height="11" fill="{colour}"/>'
        yield f'<text x="{x + 16}" y="20">{escape(name)}</text>'


def _bars(
    rates: Mapping[str, Mapping[str, float | None]], colours: Mapping[str, str]
) -> Iterator[str]:
    y = 40
    for what, row in rates.items():
        middle = y + len(row) * _BAR / 2 + 4
        label = escape(what.removesuffix(", a second"))
        yield f'<text x="{_LEFT - 8}" y="{middle:g}" text-anchor="end">{label}</text>'
        for name, rate in row.items():
            length = max(2.0, _WIDTH * (math.log10(max(rate or 0, 0.1)) + 1) / _DECADES)
            shape = f'x="{_LEFT}" y="{y}" width="{length:.0f}" height="{_BAR - 2}"'
            yield f'<rect {shape} fill="{colours[name]}"/>'
            told = "-" if rate is None else f"{rate:,.3g}" if rate < 100 else f"{rate:,.0f}"
            yield f'<text x="{_LEFT + length + 4:.0f}" y="{y + 10}">{told}</text>'
            y += _BAR
        y += _GAP
