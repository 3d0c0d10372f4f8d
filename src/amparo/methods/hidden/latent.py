"""Latent classes of unknown number (LCMCR: Manrique-Vallier 2016), by Gibbs sampling.

People fall into classes; within a class the lists are independent. Classes are weighted by broken sticks (concentration
~ Gamma(1/4, 1/4)), each list's chance in a class is uniform beforehand, the total N has the prior 1/N. All chains move
at once. It answers only when the chains agree: split R-hat at most `AGREE` (Gelman et al. 2013, section 11.4).
"""

from dataclasses import dataclass

import numpy as np

from amparo.methods.hidden.types import Draws, Floats

AGREE = 1.05
CLASSES = 10
_FLOOR = 1e-12


@dataclass(frozen=True)
class Chains:
    """The totals that were drawn (chains x draws, after warming up), and whether to believe them."""

    totals: Floats
    r_hat: float
    effective: float  # how many independent draws they are worth

    @property
    def agree(self) -> bool:
        return self.r_hat <= AGREE

    def at(self, part: "float | Floats") -> Floats:
        found: Floats = np.asarray(np.quantile(self.totals, part))
        return found


def sample(
    counts: Floats, lists: int, draws: Draws, *, chains: int = 8, sweeps: int = 4000, most: int = 16000
) -> Chains:
    """Sample the total from one table (C counts); as long as the chains disagree, twice as long, up to `most`
    sweeps.
    """
    state = _State(counts, lists, chains, draws)
    kept = np.empty((chains, 0))
    while True:
        more = np.array([state.sweep() for _ in range(sweeps if not kept.size else kept.shape[1])]).T
        kept = np.concatenate([kept, more], axis=1)
        warm = kept[:, kept.shape[1] // 3 :]
        r_hat = split_r_hat(np.log(warm))
        if r_hat <= AGREE or kept.shape[1] >= most:
            return Chains(warm, r_hat, effective_size(np.log(warm)))


class _State:
    """Where the chains are: weights and chances of the classes of each."""

    def __init__(self, counts: Floats, lists: int, chains: int, draws: Draws) -> None:
        cells = np.flatnonzero(counts)
        self.draws = draws
        self.counts = np.broadcast_to(counts[cells].astype(np.int64), (chains, len(cells)))
        self.on = ((cells + 1)[:, None] >> np.arange(lists) & 1).astype(float)
        self.observed = int(counts.sum())
        # The chains set out from one large class, each with another total, so that agreement means something.
        total = self.observed * np.geomspace(1.3, 13, chains)
        self.chances = draws.uniform(0.01, 0.5, size=(chains, CLASSES, lists))
        self.chances[:, 0] = np.clip((self.counts[0] @ self.on) / total[:, None], 0.001, 0.9)
        self.weights = np.full((chains, CLASSES), 0.1 / (CLASSES - 1))
        self.weights[:, 0] = 0.9
        self.concentration = np.ones(chains)

    def sweep(self) -> Floats:
        """One round of draws of everything, given everything else. The totals of the chains."""
        yes, no = np.log(self.chances), np.log1p(-self.chances)
        log_cells = yes @ self.on.T + no @ (1 - self.on).T + np.log(self.weights)[:, :, None]
        shares = np.exp(log_cells - log_cells.max(axis=1, keepdims=True)).swapaxes(1, 2)
        members = self.draws.multinomial(self.counts, shares / shares.sum(axis=2, keepdims=True))
        unseen = self.weights * np.exp(no.sum(axis=2))
        missed = np.clip(unseen.sum(axis=1), _FLOOR, 1 - _FLOOR)
        hidden = self.draws.negative_binomial(self.observed, 1 - missed)
        dark = self.draws.multinomial(hidden, unseen / unseen.sum(axis=1, keepdims=True))
        in_class = members.sum(axis=1) + dark
        on_list = members.swapaxes(1, 2) @ self.on
        drawn = self.draws.beta(1 + on_list, 1 + in_class[:, :, None] - on_list)
        self.chances = np.clip(drawn, _FLOOR, 1 - _FLOOR)
        self._break_sticks(in_class.astype(float))
        found: Floats = self.observed + hidden.astype(float)
        return found

    def _break_sticks(self, in_class: Floats) -> None:
        later = in_class[:, ::-1].cumsum(axis=1)[:, ::-1]
        sticks = self.draws.beta(1 + in_class[:, :-1], self.concentration[:, None] + later[:, 1:])
        sticks = np.clip(sticks, _FLOOR, 1 - _FLOOR)
        rest = np.cumsum(np.log1p(-sticks), axis=1)
        before = np.concatenate([np.zeros((len(rest), 1)), rest], axis=1)
        self.weights = np.exp(before + np.concatenate([np.log(sticks), np.zeros((len(rest), 1))], axis=1)) + _FLOOR
        self.weights /= self.weights.sum(axis=1, keepdims=True)
        self.concentration = self.draws.gamma(0.25 + CLASSES - 1, 1 / (0.25 - rest[:, -1]))


def split_r_hat(chains: Floats) -> float:
    """How far the halves of the chains (chains x draws) are from each other, against how far each wanders; 1 is
    best.
    """
    half = chains.shape[1] // 2
    halves = np.concatenate([chains[:, :half], chains[:, half : 2 * half]])
    within = halves.var(axis=1, ddof=1).mean()
    between = half * halves.mean(axis=1).var(ddof=1)
    return float(np.sqrt(((half - 1) / half * within + between / half) / within)) if within > 0 else 1.0


def effective_size(chains: Floats) -> float:
    """How many independent draws the chains (chains x draws) are worth (initial positive pairs: Geyer 1992)."""
    many, long = chains.shape
    away = chains - chains.mean(axis=1, keepdims=True)
    spectrum = np.abs(np.fft.rfft(away, n=2 * long)) ** 2
    lagged = np.fft.irfft(spectrum)[:, :long].mean(axis=0) / long
    within = lagged[0] * long / (long - 1)
    if within <= 0:
        return float(many * long)
    whole = within * (long - 1) / long + chains.mean(axis=1).var(ddof=1)
    alike = 1 - (within - lagged) / whole
    pairs = alike[: long // 2 * 2].reshape(-1, 2).sum(axis=1)
    stop = int(np.argmax(pairs < 0)) if (pairs < 0).any() else len(pairs)
    return float(many * long / max(2 * pairs[:stop].sum() - 1, 1.0))
