# -*- coding: utf-8 -*-
"""活性化関数クラス。 インスタンスを関数のように呼び出せる"""
import numpy as np


class シグモイド:
    def __call__(self, x):
        return 1.0 / (1.0 + np.exp(-x))

    def deriv(self, x):
        y = self(x)
        return y * (1.0 - y)


class ArcTan:
    def __call__(self, x):
        """順伝播"""
        return np.arctan(x)

    def deriv(self, x):
        """微分"""
        return 1.0 / (1.0 + x) ** 2
