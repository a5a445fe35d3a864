import tensorflow as tf


@tf.custom_gradient
def pick_first(x):
    """the first two columns"""
    def grad(dy):
        rest = tf.zeros_like(x[:, 2:])
        return tf.concat([dy, rest], axis=1)
    return x[:, :2], grad


@tf.custom_gradient
def product(a, b):
    def grad(dy):
        return b * dy
    return a * b, grad


@tf.custom_gradient
def constant_slope(x):
    def grad(dy):
        return 2 * x
    return x ** 2, grad
