"""Joins the states of a forward and of a backward (time-reversed) pass, by a student of bidirectional networks.

Inputs are (samples, time, features); the second one comes in its own order and is turned round before it is joined.
"""

import numpy as np

from mistakes import Mistake, Right


class BiConcat:
    def forward(self, ahead, back):
        self.split = ahead.shape[2]
        return np.concatenate([ahead, back[:, ::-1]], axis=2)

    def backward(self, dout):
        dahead, dback = np.split(dout, [self.split], axis=2)
        return dahead.copy(), dback[:, ::-1].copy()


class BiConcatNotTurned(BiConcat):
    def backward(self, dout):
        k = self.split
        return dout[:, :, :k].copy(), dout[:, :, k:].copy()


class BiConcatOneEarly(BiConcat):
    def backward(self, dout):
        k = self.split
        dahead = dout[..., 0:k].copy()
        dback = dout[:, ::-1, k - 1 : -1].copy()
        return dahead, dback


class BiConcatFencePost:
    def forward(self, ahead, back):
        n, steps, self.k = ahead.shape
        out = np.empty((n, steps, self.k + back.shape[2]))
        out[:, :, : self.k] = ahead
        out[:, :, self.k :] = np.flip(back, axis=1)
        return out

    def backward(self, dout):
        dahead = dout[:, :, : self.k]
        dback = np.flip(dout[:, :, self.k + 1 :], axis=1)
        return dahead.copy(), dback.copy()


class BiConcatOtherWayRound:
    def forward(self, ahead, back):
        self.sizes = ahead.shape[-1], back.shape[-1]
        return np.dstack((ahead, np.flip(back, 1)))

    def backward(self, dout):
        ahead = dout[..., : self.sizes[0]]
        back = dout[..., self.sizes[0] :]
        return np.flip(back, 1).copy(), ahead.copy()


class BiConcatTurnsTwice:
    def forward(self, ahead, back):
        self.k = ahead.shape[2]
        steps = back.shape[1]
        for t in range(steps // 2):
            first = back[:, t].copy()
            back[:, t] = back[:, steps - 1 - t]
            back[:, steps - 1 - t] = first
        return np.concatenate((ahead, back), axis=2)

    def backward(self, dout):
        return dout[:, :, : self.k].copy(), dout[:, ::-1, self.k :].copy()


class BiConcatLeavesBuffer:
    def forward(self, ahead, back):
        self.k, self.dback = ahead.shape[2], np.zeros_like(back)
        return np.concatenate((ahead, back[:, ::-1, :]), axis=-1)

    def backward(self, dout):
        dahead = dout[:, :, : self.k].copy()
        return dahead, self.dback


def states(rng):
    return rng.standard_normal((4, 5, 2)), rng.standard_normal((4, 5, 3))


def even_states(rng):
    return rng.standard_normal((4, 5, 3)), rng.standard_normal((4, 5, 3))


RIGHT = [Right(lambda rng: BiConcat(), states), Right(lambda rng: BiConcat(), even_states)]

MISTAKES = [
    Mistake("reversed", "dx2", lambda rng: BiConcatNotTurned(), states),
    Mistake("shifted", "dx2", lambda rng: BiConcatOneEarly(), states),
    Mistake("wrong-shape", "dx2", lambda rng: BiConcatFencePost(), states),
    Mistake("swapped", None, lambda rng: BiConcatOtherWayRound(), even_states),
    Mistake("overwrites-input", None, lambda rng: BiConcatTurnsTwice(), states),
    Mistake("not-computed", "dx2", lambda rng: BiConcatLeavesBuffer(), states),
]
