import numpy as np


def make_relu():
    mask = None

    def forward(x):
        nonlocal mask
        mask = x > 0
        return x * mask

    def backward(dout):
        return dout * mask

    return forward, backward


def make_linear(n_in, n_out, rng=np.random):
    W = rng.randn(n_in, n_out) * np.sqrt(2 / n_in)
    b = np.zeros(n_out)
    memo = {}

    def forward(x):
        memo['x'] = x
        return x @ W + b

    def backward(dout):
        memo['dW'] = memo['x'].T @ dout
        memo['db'] = dout.sum(axis=0)
        return dout @ W.T

    return forward, backward, (W, b), memo


def make_selu(alpha=1.67326, scale=1.0507):
    cache = []

    def forward(x):
        cache[:] = [x]
        return scale * np.where(x > 0, x, alpha * (np.exp(x) - 1))

    def backward(dout):
        x, = cache
        return dout * np.where(x > 0, 1, alpha * np.exp(x))

    return forward, backward


if __name__ == '__main__':
    f1, b1, params, memo = make_linear(3, 4)
    f2, b2 = make_relu()
    x = np.random.randn(5, 3)
    y = f2(f1(x))
    dx = b1(b2(np.ones_like(y)))
    print(dx.shape, memo['dW'].shape)
