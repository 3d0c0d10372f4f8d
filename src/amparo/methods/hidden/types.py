"""Names for the arrays of this package. R is the number of tables fitted at once, C of histories, P of terms."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Draws = np.random.Generator
