import tensorflow as tf


def make_power(n):
    @tf.custom_gradient
    def power(x):
        def grad(dy):
            return dy * n * x ** (n - 1)

        return x ** n, grad

    return power


def elu(alpha):
    @tf.custom_gradient
    def f(x):
        y = tf.where(x > 0, x, alpha * (tf.exp(x) - 1))

        def grad(dy):
            return tf.where(x > 0, dy, dy * y)

        return y, grad

    return f


def scaled_tanh(x, scale=2.0):
    @tf.custom_gradient
    def inner(x):
        t = tf.tanh(scale * x)
        return t, lambda dy: dy * scale * (1 - t * t)

    return inner(x)


cube = make_power(3)
