# 활성화 함수 모음 (활성화 함수의 출력값으로 미분을 계산)
import numpy as np


class ELU:
    alpha = 0.8

    def activate(self, x):
        return np.where(x > 0, x, self.alpha * np.expm1(x))

    def activate_prime(self, y):
        # y 는 activate() 의 결과
        return np.where(y > 0, 1.0, y + self.alpha)


class Logistic:
    alpha = 1.0

    def activate(self, x):
        return 1 / (1 + np.exp(-self.alpha * x))

    def activate_prime(self, y):
        return self.alpha * y * (1 - y)


class Exponential:
    def activate(self, x):
        return np.exp(x)

    def activate_prime(self, y):
        return y
