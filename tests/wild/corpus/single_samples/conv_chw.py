import numpy as np


def conv_forward(img, kernels, bias, stride=1):
    """
    img:     (C, H, W)
    kernels: (F, C, kh, kw)
    bias:    (F,)
    """
    F, C, kh, kw = kernels.shape
    _, H, W = img.shape
    oh, ow = 1 + (H - kh) // stride, 1 + (W - kw) // stride
    res = np.empty((F, oh, ow))
    for f in range(F):
        for y in range(oh):
            for x in range(ow):
                window = img[:, y * stride:y * stride + kh, x * stride:x * stride + kw]
                res[f, y, x] = (window * kernels[f]).sum() + bias[f]
    return res, (img, kernels, stride)


def conv_backward(dres, cache):
    img, kernels, stride = cache
    F, C, kh, kw = kernels.shape
    dimg, dk = np.zeros(img.shape), np.zeros(kernels.shape)
    for f, y, x in np.ndindex(*dres.shape):
        rows = slice(y * stride, y * stride + kh)
        cols = slice(x * stride, x * stride + kw)
        dk[f] += img[:, rows, cols] * dres[f, y, x]
        dimg[:, rows, cols] += kernels[f] * dres[f, y, x]
    return dimg, dk, dres.reshape(F, -1).sum(1)
