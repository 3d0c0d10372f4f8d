"""The checker that shares nothing with the house: every finest cell an unknown, SciPy, one programme a number."""

from itertools import product

import numpy as np
from scipy.optimize import linprog


class Checker:
    """Reads a written release and the case it was made from, as plain JSON; knows no class of the library."""

    def __init__(self, case, releases, known=None):
        self.codes = case["variables"]
        self.groups = {}
        for name in self.codes:
            self.groups[name] = {k: v for r in releases for k, v in r["groups"].get(name, {}).items()}
        self.cells = list(product(*self.codes.values()))
        self.truth = np.zeros(len(self.cells))
        for line in case["truth"]:
            self.truth[self.cells.index(tuple(line[name] for name in self.codes))] = line["count"]
        self.policy = case["policy"]
        self.rows, self.values, self.small_shown, self.false = [], [], 0, 0
        self.asked = []
        for cell in (cell for release in releases for table in release["tables"] for cell in table["cells"]):
            row = self.row(cell)
            if cell["value"] is None:
                self.asked.append(row)
                continue
            self.rows.append(row)
            self.values.append(cell["value"])
            self.small_shown += 1 <= cell["value"] < self.policy["threshold"]
            self.false += cell["value"] != row @ self.truth
        if known:
            for place in np.flatnonzero(self.row(known)):
                self.rows.append(np.eye(len(self.cells))[place])
                self.values.append(self.truth[place])
        order = self.policy.get("margin_order", len(self.codes))
        for codes in product(*([*found, "Total"] for found in self.codes.values())):
            if sum(code != "Total" for code in codes) <= order:
                self.asked.append(self.row(dict(zip(self.codes, codes, strict=True))))

    def inside(self, name, code):
        if code == "Total":
            return self.codes[name]
        return self.groups[name].get(code, [code])

    def row(self, cell):
        allowed = {name: set(self.inside(name, cell.get(name, "Total"))) for name in self.codes}
        return np.array([
            float(all(code in allowed[name] for name, code in zip(self.codes, codes, strict=True)))
            for codes in self.cells
        ])  # fmt: skip

    def bounds(self, row):
        a, b = (np.array(self.rows), np.array(self.values)) if self.rows else (None, None)
        low = linprog(row, A_eq=a, b_eq=b, method="highs")
        high = linprog(-row, A_eq=a, b_eq=b, method="highs")
        return low.fun, np.inf if high.status in {3, 4} else -high.fun

    def opened(self):
        """The small numbers that follow too closely, and what follows."""
        small, seen, wrong = self.policy["threshold"], set(), []
        for row in self.asked:
            count = row @ self.truth
            if row.tobytes() in seen or not 1 <= count < small:
                continue
            seen.add(row.tobytes())
            low, high = self.bounds(row)
            if (
                low > count - self.policy["lower"] + 1e-6
                or high < small - 1e-6
                or high - low < self.policy["width"] - 1e-6
            ):
                wrong.append((count, low, high))
        return wrong
