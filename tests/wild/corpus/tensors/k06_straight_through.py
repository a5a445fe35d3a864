import tensorflow as tf
from tensorflow import keras


@tf.custom_gradient
def binarize(x):
    """sign with the gradient of hard tanh"""
    y = tf.where(x >= 0, tf.ones_like(x), -tf.ones_like(x))
    return y, lambda dy: tf.where(tf.abs(x) <= 1.0, dy, tf.zeros_like(dy))


@tf.custom_gradient
def round_ste(x):
    return tf.round(x), lambda g: g


class BinaryDense(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(name="w", shape=(input_shape[-1], self.units), initializer="glorot_uniform")

    def call(self, x):
        return tf.matmul(x, binarize(tf.convert_to_tensor(self.w)))
