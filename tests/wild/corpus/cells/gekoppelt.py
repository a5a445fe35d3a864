import numpy as np

def sigma(z): return 1 / (1 + np.exp(-z))

# LSTM mit gekoppelten Toren: f = 1 - i
def zelle_vor(x, h, c, W, U, b):
    n = h.shape[1]
    a = x @ W + h @ U + b                      # (N, 3n): i, o, g
    i, o, g = sigma(a[:, :n]), sigma(a[:, n:2*n]), np.tanh(a[:, 2*n:])
    c_neu = (1 - i) * c + i * g
    h_neu = o * np.tanh(c_neu)
    return h_neu, c_neu, (x, h, c, W, U, i, o, g, c_neu)

def zelle_zurueck(dh_neu, dc_neu, merk):
    x, h, c, W, U, i, o, g, c_neu = merk
    t = np.tanh(c_neu)
    dc_ges = dc_neu + dh_neu * o * (1 - t**2)
    di = dc_ges * g * i * (1 - i)
    do = dh_neu * t * o * (1 - o)
    dg = dc_ges * i * (1 - g**2)
    da = np.concatenate((di, do, dg), axis=1)
    return da @ W.T, da @ U.T, dc_ges * (1 - i), x.T @ da, h.T @ da, da.sum(axis=0)


# dasselbe ohne Ausgangstor (h und c sind eins)
def einfach_vor(x, h, W, U, b):
    n = h.shape[1]
    a = x @ W + h @ U + b
    i, g = sigma(a[:, :n]), np.tanh(a[:, n:])
    return (1 - i) * h + i * g, (x, h, W, U, i, g)

def einfach_zurueck(dh_neu, merk):
    x, h, W, U, i, g = merk
    da = np.concatenate((dh_neu * (g - h) * i * (1 - i), dh_neu * i * (1 - g**2)), axis=1)
    return da @ W.T, da @ U.T + dh_neu * (1 - i), x.T @ da, h.T @ da, da.sum(axis=0)
