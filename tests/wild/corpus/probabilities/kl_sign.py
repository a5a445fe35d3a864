# -*- coding: utf-8 -*-
import numpy as np
EPS = 1e-10

class KLDivLoss(object):
    '''KL散度: 目标分布 q, 预测分布 p'''
    def __init__(self, reduction='mean'):
        assert reduction in ('mean', 'sum')
        self.reduction = reduction

    def forward(self, p, q):
        self.p = p
        self.q = q
        d = q * (np.log(q + EPS) - np.log(p + EPS))
        loss = np.sum(d)
        if self.reduction == 'mean':
            loss = loss / p.shape[0]
        return loss

    def backward(self):
        dp = self.q / (self.p + EPS)
        if self.reduction == 'mean':
            dp = dp / self.p.shape[0]
        return dp
