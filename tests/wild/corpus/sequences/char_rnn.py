"""character level RNN, column vectors, one sequence of ids"""
import numpy as np

vocab_size, hidden_size = 6, 8
rng = np.random.default_rng(1)
Wxh = rng.normal(0, .2, (hidden_size, vocab_size))
Whh = rng.normal(0, .2, (hidden_size, hidden_size))
Why = rng.normal(0, .2, (vocab_size, hidden_size))
bh, by = np.zeros((hidden_size, 1)), np.zeros((vocab_size, 1))


def loss_fun(inputs, targets, hprev):
    xs, hs, ps, loss = {}, {-1: np.copy(hprev)}, {}, 0
    for t, (ix, target) in enumerate(zip(inputs, targets)):
        xs[t] = np.zeros((vocab_size, 1))
        xs[t][ix] = 1
        hs[t] = np.tanh(Wxh @ xs[t] + Whh @ hs[t-1] + bh)
        y = Why @ hs[t] + by
        ps[t] = np.exp(y) / np.sum(np.exp(y))
        loss -= np.log(ps[t][target, 0])
    grads = [np.zeros_like(p) for p in (Wxh, Whh, Why, bh, by)]
    dWxh, dWhh, dWhy, dbh, dby = grads
    dhnext = np.zeros_like(hprev)
    for t in range(len(inputs) - 1, -1, -1):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dWhy += dy @ hs[t].T
        dby += dy
        dh = Why.T @ dy + dhnext
        draw = (1 - hs[t] ** 2) * dh
        dbh += draw
        dWxh += draw @ xs[t].T
        dWhh += draw @ hs[t-1].T
        dhnext = Whh.T @ draw
    for g in grads:
        np.clip(g, -5, 5, out=g)
    return loss, dWxh, dWhh, dWhy, dbh, dby, hs[len(inputs) - 1]
