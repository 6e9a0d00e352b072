"""Where things drawn in one measure stand in another: affine maps of the plane."""

from __future__ import annotations

from typing import NamedTuple


class Matrix(NamedTuple):
    """Takes (x, y) to (a x + c y + e, b x + d y + f).

    >>> Matrix(2, 0, 0, 2, 10, 0).at(1, 3)
    (12.0, 6.0)
    """

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to stand."""
        return float(self.a * x + self.c * y + self.e), float(self.b * x + self.d * y + self.f)

    def after(self, first: Matrix) -> Matrix:
        """The map that does `first`, then this one."""
        e, f = self.at(first.e, first.f)
        return Matrix(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            e,
            f,
        )

    def box(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[float, float, float, float]:
        """The smallest upright rectangle around a rectangle's four corners."""
        corners = [self.at(x, y) for x in (left, right) for y in (top, bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


def upright_from(turn: int, width: float, height: float) -> Matrix:
    """From a page as stored, with that width and height, to the page turned clockwise."""
    return {
        90: Matrix(0, 1, -1, 0, height, 0),
        180: Matrix(-1, 0, 0, -1, width, height),
        270: Matrix(0, -1, 1, 0, 0, width),
    }.get(turn, Matrix())
