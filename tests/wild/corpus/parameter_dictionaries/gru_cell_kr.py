# GRU 셀, 열 방향으로 샘플을 놓음
import numpy as np

def sigmoid(v): return 1 / (1 + np.exp(-v))

def gru_cell_forward(xt, a_prev, parameters):
    Wu, Wr, Wc = (parameters[k] for k in ("Wu", "Wr", "Wc"))
    bu, br, bc = (parameters[k] for k in ("bu", "br", "bc"))
    concat = np.vstack((a_prev, xt))
    u = sigmoid(Wu @ concat + bu)          # 업데이트 게이트
    r = sigmoid(Wr @ concat + br)          # 리셋 게이트
    concat_r = np.vstack((r * a_prev, xt))
    cand = np.tanh(Wc @ concat_r + bc)     # 후보 상태
    a_next = u * cand + (1 - u) * a_prev
    return a_next, (xt, a_prev, u, r, cand, concat, concat_r, parameters)

def gru_cell_backward(da_next, cache):
    xt, a_prev, u, r, cand, concat, concat_r, parameters = cache
    n_a = a_prev.shape[0]
    dcand = da_next * u * (1 - cand**2)
    du = da_next * (cand - a_prev) * u * (1 - u)
    dcr = parameters["Wc"].T @ dcand
    dr = dcr[:n_a] * r * (1 - r)
    dcon = parameters["Wu"].T @ du + parameters["Wr"].T @ dr
    grads = {}
    grads["da_prev"] = da_next * (1 - u) + dcr[:n_a] * r + dcon[:n_a]
    grads["dxt"] = dcr[n_a:] + dcon[n_a:]
    grads["dWu"], grads["dbu"] = du @ concat.T, du.sum(axis=1, keepdims=True)
    grads["dWr"], grads["dbr"] = dr @ concat.T, dr.sum(axis=1, keepdims=True)
    grads["dWc"], grads["dbc"] = dcand @ concat_r.T, dcand.sum(axis=1, keepdims=True)
    return grads
