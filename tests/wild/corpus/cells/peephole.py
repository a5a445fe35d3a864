import numpy as np

# LSTM with peepholes: i and f look at the old c, o looks at the new one

def sig(a):
    return .5 * (1 + np.tanh(.5 * a))

def peephole_step_forward(x, h, c, W, U, b, p):
    """W (D,4H), U (H,4H), b (4H,), p (3,H): weights of the peepholes"""
    H = h.shape[1]
    a = x.dot(W) + h.dot(U) + b
    i = sig(a[:, :H] + p[0] * c)
    f = sig(a[:, H:2*H] + p[1] * c)
    g = np.tanh(a[:, 2*H:3*H])
    c2 = f*c + i*g
    o = sig(a[:, 3*H:] + p[2] * c2)
    t = np.tanh(c2)
    return o*t, c2, (x, h, c, W, U, p, i, f, g, o, c2, t)

def peephole_step_backward(dh2, dc2, cache):
    x, h, c, W, U, p, i, f, g, o, c2, t = cache
    dao = dh2 * t * o*(1-o)
    dc2 = dc2 + dh2 * o * (1-t*t) + dao * p[2]
    dai = dc2 * g * i*(1-i)
    daf = dc2 * c * f*(1-f)
    dag = dc2 * i * (1-g*g)
    dp = np.array([(dai*c).sum(0), (daf*c).sum(0), (dao*c2).sum(0)])
    da = np.hstack((dai, daf, dag, dao))
    dc = dc2 * f
    return da.dot(W.T), da.dot(U.T), dc, x.T.dot(da), h.T.dot(da), da.sum(0), dp
