"""What was measured, put into figures: medians and quartiles of ratios that were formed within a round."""

import dataclasses
import statistics


@dataclasses.dataclass(frozen=True)
class Figure:
    """The median of values, and the quartiles that show how far they scatter."""

    median: float
    low: float
    high: float

    def __str__(self):
        if self.low == self.high:
            return number(self.median)
        return f"{number(self.median)} ({number(self.low)} to {number(self.high)})"


@dataclasses.dataclass(frozen=True)
class Aim:
    """What a figure is to be."""

    what: str
    limit: float
    is_most: bool = True
    """Whether the limit is the largest value that is good enough; otherwise it is the least."""

    def __str__(self):
        return f"{self.what}: at {'most' if self.is_most else 'least'} {self.limit:g}"

    def is_reached(self, figure):
        return figure.median <= self.limit if self.is_most else figure.median >= self.limit


@dataclasses.dataclass(frozen=True)
class Verdict:
    """One line of the table of aims."""

    work: str
    aim: Aim
    figure: Figure

    @property
    def word(self):
        return "reached" if self.aim.is_reached(self.figure) else "**not reached**"


@dataclasses.dataclass(frozen=True)
class Section:
    """What one measurement found: a table, and how its aims are met."""

    name: str
    title: str
    head: list
    rows: list
    verdicts: list


def figure(values):
    values = list(values)
    if len(values) < 2:
        return Figure(values[0], values[0], values[0])
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    return Figure(median, low, high)


def ratios(mine, theirs):
    """The ratio of each round, in which both were measured one after the other."""
    return figure(one / other for one, other in zip(mine, theirs))


def number(value):
    """A number with three digits that say something."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(head, rows):
    """A table as Markdown, its columns aligned."""
    cells = [list(map(str, row)) for row in [head, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]

    def line(row):
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([line(cells[0]), rule, *map(line, cells[1:])])
