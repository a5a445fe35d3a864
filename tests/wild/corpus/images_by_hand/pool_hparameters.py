import numpy as np

def pool_forward(A_prev, hparameters, mode="max"):
    m, H, W, C = A_prev.shape
    f, stride = hparameters["f"], hparameters["stride"]
    n_H, n_W = 1 + (H - f) // stride, 1 + (W - f) // stride
    A = np.zeros((m, n_H, n_W, C))
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                part = A_prev[i, h*stride:h*stride+f, w*stride:w*stride+f]
                A[i, h, w] = part.max(axis=(0, 1)) if mode == "max" else part.mean(axis=(0, 1))
    return A, (A_prev, hparameters)

def create_mask_from_window(x):
    return x == np.max(x)

def distribute_value(dz, shape):
    (n_H, n_W) = shape
    return np.ones(shape) * dz / (n_H * n_W)

def pool_backward(dA, cache, mode="max"):
    (A_prev, hparameters) = cache
    f, stride = hparameters["f"], hparameters["stride"]
    m, n_H, n_W, C = dA.shape
    dA_prev = np.zeros(A_prev.shape)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(C):
                    vs, hs = h*stride, w*stride
                    if mode == "max":
                        mask = create_mask_from_window(A_prev[i, vs:vs+f, hs:hs+f, c])
                        dA_prev[i, vs:vs+f, hs:hs+f, c] += mask * dA[i, h, w, c]
                    elif mode == "average":
                        dA_prev[i, vs:vs+f, hs:hs+f, c] += distribute_value(dA[i, h, w, c], (f, f))
    return dA_prev
