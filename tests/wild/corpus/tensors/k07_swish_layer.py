import tensorflow as tf


class Swish(tf.keras.layers.Layer):
    """custom gradient in a method, memory saving"""

    def __init__(self, beta=1.0, **kwargs):
        super(Swish, self).__init__(**kwargs)
        self.beta = beta

    @tf.custom_gradient
    def _swish(self, x):
        s = tf.sigmoid(self.beta * x)

        def grad(dy):
            return dy * (s + self.beta * x * s * (1 - s))

        return x * s, grad

    def call(self, inputs, training=None):
        return self._swish(inputs)


class Mish(tf.keras.layers.Layer):
    @tf.custom_gradient
    def mish(self, x):
        t = tf.math.tanh(tf.math.softplus(x))

        def grad(dy):
            return dy * (t + x * tf.sigmoid(x) * (1 - t))

        return x * t, grad

    def call(self, inputs):
        return self.mish(inputs)


class Relu(tf.keras.layers.Layer):
    def call(self, x):
        return tf.nn.relu(x)
