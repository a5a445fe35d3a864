import numpy as np
import seaborn as sns
import pandas as pd
sns.set(style='whitegrid', palette='muted')   # nicer figures


# ---------------------------------------------------------------- bilinear
def bilinear_forward(x, W, y):
    """ s_n = x_n^T W y_n """
    s = np.einsum('ni,ij,nj->n', x, W, y)
    return s, (x, W, y)


def bilinear_backward(ds, cache):
    x, W, y = cache
    dx = ds[:, None] * (y @ W.T)
    dW = np.einsum('n,ni,nj->ij', ds, x, y)
    dy = ds[:, None] * (x @ W)
    return dx, dW, dy


# ---------------------------------------------------------------- plots
def show(W, names):
    frame = pd.DataFrame(W, index=names, columns=names)
    sns.heatmap(frame, annot=True, cmap='vlag')
