import numpy as np


class MGUCell:
    """최소 게이트 순환 셀 (게이트 하나)"""

    def __init__(self, D, H):
        self.params = {
            'Wf': np.random.randn(D, H) * 0.4, 'Uf': np.random.randn(H, H) * 0.4, 'bf': np.zeros(H),
            'Wh': np.random.randn(D, H) * 0.4, 'Uh': np.random.randn(H, H) * 0.4, 'bh': np.zeros(H),
        }
        self.grads = {}

    def step_forward(self, x, h):
        p = self.params
        f = 1 / (1 + np.exp(-(x @ p['Wf'] + h @ p['Uf'] + p['bf'])))
        c = np.tanh(x @ p['Wh'] + (f * h) @ p['Uh'] + p['bh'])
        # 이전 상태와 후보를 섞는다
        return (1 - f) * h + f * c, (x, h, f, c)

    def step_backward(self, dout, cache):
        x, h, f, c = cache
        p = self.params
        dc = dout * f * (1 - c ** 2)
        dfh = dc @ p['Uh'].T
        df = (dout * (c - h) + dfh * h) * f * (1 - f)
        self.grads = {'Wf': x.T @ df, 'Uf': h.T @ df, 'bf': df.sum(0),
                      'Wh': x.T @ dc, 'Uh': (f * h).T @ dc, 'bh': dc.sum(0)}
        dx = df @ p['Wf'].T + dc @ p['Wh'].T
        dh = dout * (1 - f) + dfh * f + df @ p['Uf'].T
        return dx, dh
