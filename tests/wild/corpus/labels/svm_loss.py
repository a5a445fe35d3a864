import numpy as np

DELTA = 1.0


def multiclass_svm_forward(scores, y):
    """
    scores: (N, C) class scores
    y:      (N,)   correct classes, 0 <= y[i] < C
    """
    N = scores.shape[0]
    correct = scores[np.arange(N), y].reshape(N, 1)
    margins = np.maximum(0, scores - correct + DELTA)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N
    return loss, (margins, y)


def multiclass_svm_backward(cache):
    margins, y = cache
    N = margins.shape[0]
    ds = (margins > 0).astype(np.float64)
    ds[np.arange(N), y] -= 1
    return ds / N
