from tensorflow import custom_gradient, matmul, reduce_mean, reduce_sum
import tensorflow as tf


@custom_gradient
def dense(x, w, b):
    y = matmul(x, w) + b

    def backward(dy):
        dx = matmul(dy, w, transpose_b=True)
        dw = matmul(x, dy, transpose_a=True)
        db = reduce_mean(dy, axis=0)
        return dx, dw, db

    return y, backward


@custom_gradient
def dense_ok(x, w, b):
    def backward(dy):
        return dy @ tf.transpose(w), tf.transpose(x) @ dy, reduce_sum(dy, axis=0)

    return x @ w + b, backward


def train(x, t, w, b):
    with tf.GradientTape() as tape:
        loss = reduce_mean((dense(x, w, b) - t) ** 2)
    return tape.gradient(loss, [w, b])
