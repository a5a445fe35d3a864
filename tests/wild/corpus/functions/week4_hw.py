# 4주차 과제 - 은닉층이 있는 신경망
import numpy as np


def linear_forward(A, W, b):
    """선형 계산 Z = WA + b,  A: (입력 수, 샘플 수)"""
    Z = W @ A + b
    return Z, {"A": A, "W": W, "b": b}


def linear_backward(dZ, cache):
    """역전파. dZ: (출력 수, 샘플 수)"""
    A, W = cache["A"], cache["W"]
    dW = dZ @ A.T
    db = np.sum(dZ, keepdims=True)      # 편향의 기울기
    dA = W.T @ dZ
    return dA, dW, db


def tanh_forward(Z):
    A = np.tanh(Z)
    return A, A


def tanh_backward(dA, cache):
    A = cache
    return dA * (1 - np.power(A, 2))
