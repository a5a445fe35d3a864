import numpy as np


def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def dot_attention_forward(h, enc):
    """h: (N, H) decoder state, enc: (N, T, H) encoder states
    -> context (N, H), weights (N, T), cache"""
    a = softmax(np.einsum('nh,nth->nt', h, enc))
    context = np.einsum('nt,nth->nh', a, enc)
    return context, a, (h, enc, a)


def dot_attention_backward(dcontext, da, cache):
    h, enc, a = cache
    da = da + np.einsum('nh,nth->nt', dcontext, enc)
    ds = a * (da - np.sum(a * da, axis=1, keepdims=True))
    dh = np.einsum('nt,nth->nh', ds, enc)
    denc = np.einsum('nt,nh->nth', a, dcontext) + np.einsum('nt,nh->nth', ds, h)
    return dh, denc


def additive_attention_forward(h, enc, Wh, We, v):
    """score = v . tanh(h Wh + enc We); Wh, We: (H, A), v: (A,)"""
    u = np.tanh((h @ Wh)[:, None, :] + enc @ We)
    a = softmax(u @ v)
    context = (a[:, :, None] * enc).sum(axis=1)
    return context, a, (h, enc, Wh, We, v, u, a)


def additive_attention_backward(dcontext, da, cache):
    h, enc, Wh, We, v, u, a = cache
    da = da + (enc * dcontext[:, None, :]).sum(axis=2)
    ds = a * (da - (a * da).sum(axis=1, keepdims=True))
    dv = np.einsum('nt,nta->a', ds, u)
    du = ds[:, :, None] * v * (1 - u ** 2)
    dWh = h.T @ du.sum(axis=1)
    dWe = np.einsum('nth,nta->ha', enc, du)
    dh = du.sum(axis=1) @ Wh.T
    denc = du @ We.T
    return dh, denc, dWh, dWe, dv
