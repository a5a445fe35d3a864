"""Domain adversarial training: gradient reversal (Ganin & Lempitsky)"""
import tensorflow as tf
from tensorflow.keras.layers import Layer


@tf.custom_gradient
def grad_reverse(x):
    y = tf.identity(x)

    def custom_grad(dy):
        return -dy

    return y, custom_grad


class GradReverse(Layer):
    def __init__(self):
        super().__init__()

    def call(self, x):
        return grad_reverse(x)


def clip_gradient(x, limit=0.5):
    @tf.custom_gradient
    def inner(x):
        def grad(dy):
            return tf.clip_by_value(dy, -limit, limit)

        return x, grad

    return inner(x)
