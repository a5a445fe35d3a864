import tensorflow as tf


class Ops:
    """static and bound operations"""

    def __init__(self, scale=3.0):
        self.scale = scale

    @staticmethod
    @tf.custom_gradient
    def square(x):
        return tf.square(x), lambda dy: dy * x

    @tf.custom_gradient
    def scaled(self, x):
        return self.scale * x ** 3, lambda dy: 3 * self.scale * dy * x ** 2

    @staticmethod
    @tf.function
    @tf.custom_gradient
    def exp(x):
        y = tf.exp(x)
        def grad(dy):
            return dy * y
        return y, grad
