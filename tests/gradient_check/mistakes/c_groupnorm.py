"""Group and instance normalisation of (N, C, H, W) by reshaping to (N, G, rest), in the style of a tidy minimalist."""

import numpy as np

from mistakes import Mistake, Right

EPS = 1e-5


def normalise(rows):
    """Normalise along the last axis; also return the reciprocal deviation."""
    centred = rows - rows.mean(-1, keepdims=True)
    r = 1 / np.sqrt((centred * centred).mean(-1, keepdims=True) + EPS)
    return centred * r, r


def denormalise(drows, rows, r):
    """Walk back through normalise."""
    return r * (drows - drows.mean(-1, keepdims=True) - rows * (drows * rows).mean(-1, keepdims=True))


class GroupNorm:
    def __init__(self, groups, channels, rng):
        self.groups = groups
        self.scale = rng.uniform(0.5, 1.5, (channels, 1, 1))
        self.offset = rng.uniform(-1, 1, (channels, 1, 1))

    def forward(self, x):
        self.rows, self.r = normalise(x.reshape(len(x), self.groups, -1))
        return self.rows.reshape(x.shape) * self.scale + self.offset

    def backward(self, dout):
        n = self.rows.reshape(dout.shape)
        self.doffset = dout.sum((0, 2, 3)).reshape(-1, 1, 1)
        self.dscale = (dout * n).sum((0, 2, 3)).reshape(-1, 1, 1)
        drows = (dout * self.scale).reshape(self.rows.shape)
        return denormalise(drows, self.rows, self.r).reshape(dout.shape)


class InstanceNorm:
    def __init__(self, channels, rng):
        self.scale = rng.uniform(0.5, 1.5, channels)
        self.offset = rng.uniform(-1, 1, channels)

    def forward(self, x):
        self.rows, self.r = normalise(x.reshape(*x.shape[:2], -1))
        return (self.rows * self.scale[:, None] + self.offset[:, None]).reshape(x.shape)

    def backward(self, dout):
        d = dout.reshape(self.rows.shape)
        self.doffset = np.einsum("ncp->c", d)
        self.dscale = np.einsum("ncp,ncp->c", d, self.rows)
        return denormalise(d * self.scale[:, None], self.rows, self.r).reshape(dout.shape)


class GroupsByHand:
    def __init__(self, groups, channels, rng):
        self.groups = groups
        self.scale = rng.uniform(0.5, 1.5, (channels, 1, 1))
        self.offset = rng.uniform(-1, 1, (channels, 1, 1))

    def forward(self, x):
        self.width = x.shape[1] // self.groups
        self.normed, self.kept = np.empty_like(x), []
        for g in range(self.groups):
            part = x[:, g * self.width : (g + 1) * self.width]
            rows, r = normalise(part.reshape(len(x), -1))
            self.normed[:, g * self.width : (g + 1) * self.width] = rows.reshape(part.shape)
            self.kept.append((rows, r))
        return self.normed * self.scale + self.offset

    def backward(self, dout):
        self.doffset = dout.sum((0, 2, 3)).reshape(-1, 1, 1)
        self.dscale = (dout * self.normed).sum((0, 2, 3)).reshape(-1, 1, 1)
        dx = np.zeros_like(dout)
        d = dout * self.scale
        for g, (rows, r) in enumerate(self.kept[:-1]):
            part = d[:, g * self.width : (g + 1) * self.width]
            back = denormalise(part.reshape(len(d), -1), rows, r)
            dx[:, g * self.width : (g + 1) * self.width] = back.reshape(part.shape)
        return dx


class ScaleAndOffsetMixedUp(InstanceNorm):
    def backward(self, dout):
        d = dout.reshape(self.rows.shape)
        self.dscale, self.doffset = (np.einsum("ncp,ncp->c", d, k) for k in (np.ones_like(d), self.rows))
        return denormalise(d * self.scale[:, None], self.rows, self.r).reshape(dout.shape)


class GroupsDoNotBroadcast(GroupNorm):
    def backward(self, dout):
        n = self.rows.reshape(dout.shape)
        self.doffset = dout.sum((0, 2, 3)).reshape(-1, 1, 1)
        self.dscale = (dout * n).sum((0, 2, 3)).reshape(-1, 1, 1)
        drows = dout.reshape(self.rows.shape) * self.scale
        return denormalise(drows, self.rows, self.r).reshape(dout.shape)


class OneScaleASample:
    def __init__(self, channels, rng):
        self.scale = rng.uniform(0.5, 1.5, channels)
        self.offset = rng.uniform(-1, 1, channels)

    def forward(self, x):
        mean = x.mean((2, 3), keepdims=True)
        self.dev = np.sqrt(x.var((2, 3), keepdims=True) + EPS)
        self.n = (x - mean) / self.dev
        return self.n * self.scale[:, None, None] + self.offset[:, None, None]

    def backward(self, dout):
        self.doffset = dout.sum((0, 2, 3))
        self.dscale = (dout * self.n).sum((2, 3))
        d = dout * self.scale[:, None, None]
        d = d - d.mean((2, 3), keepdims=True) - self.n * (d * self.n).mean((2, 3), keepdims=True)
        return d / self.dev


class OffsetCollects:
    def __init__(self, groups, channels, rng):
        self.groups = groups
        self.scale = rng.uniform(0.5, 1.5, (channels, 1, 1))
        self.offset = rng.uniform(-1, 1, (channels, 1, 1))
        self.doffset = np.zeros_like(self.offset)

    def forward(self, x):
        self.rows, self.r = normalise(x.reshape(len(x), self.groups, -1))
        return self.rows.reshape(x.shape) * self.scale + self.offset

    def backward(self, dout):
        self.dscale = np.zeros_like(self.scale)
        for n, d in zip(self.rows.reshape(dout.shape), dout, strict=True):
            self.dscale += (d * n).sum((1, 2), keepdims=True)
            self.doffset += d.sum((1, 2), keepdims=True)
        drows = (dout * self.scale).reshape(self.rows.shape)
        return denormalise(drows, self.rows, self.r).reshape(dout.shape)


class RowsInSinglePrecision:
    """Stores what backward needs in half the memory."""

    def __init__(self, channels, rng):
        self.scale = rng.uniform(0.5, 1.5, channels)
        self.offset = rng.uniform(-1, 1, channels)

    def forward(self, x):
        rows, r = normalise(x.reshape(*x.shape[:2], -1))
        self.kept = rows.astype(np.float32), r.astype(np.float32)
        return (rows * self.scale[:, None] + self.offset[:, None]).reshape(x.shape)

    def backward(self, dout):
        rows, r = self.kept
        d = dout.reshape(rows.shape)
        self.doffset = d.sum((0, 2))
        self.dscale = (d * rows).sum((0, 2))
        return denormalise(d * self.scale[:, None], rows, r).reshape(dout.shape)


def four_channels(rng):
    return (rng.normal(0.3, 1.5, (5, 4, 2, 3)),)


def three_channels(rng):
    return (rng.normal(0.3, 1.5, (5, 3, 2, 4)),)


RIGHT = [
    Right(lambda rng: GroupNorm(2, 4, rng), four_channels),
    Right(lambda rng: InstanceNorm(3, rng), three_channels),
]

MISTAKES = [
    Mistake("partly-wrong", "dx", lambda rng: GroupsByHand(2, 4, rng), four_channels),
    Mistake("swapped", "dscale", lambda rng: ScaleAndOffsetMixedUp(3, rng), three_channels),
    Mistake("raises", None, lambda rng: GroupsDoNotBroadcast(2, 4, rng), four_channels),
    Mistake("not-summed", "dscale", lambda rng: OneScaleASample(3, rng), three_channels),
    Mistake("accumulates", "doffset", lambda rng: OffsetCollects(2, 4, rng), four_channels),
    Mistake("precision", None, lambda rng: RowsInSinglePrecision(3, rng), three_channels),
]
