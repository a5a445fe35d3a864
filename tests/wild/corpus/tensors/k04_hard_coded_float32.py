import tensorflow as tf

ALPHA = tf.constant(0.1)


@tf.custom_gradient
def leaky_relu(x):
    positive = tf.cast(x > 0, tf.float32)
    slope = positive + ALPHA * (tf.ones(tf.shape(x)) - positive)

    def grad(dy):
        return dy * slope

    return x * slope, grad


@tf.custom_gradient
def leaky_relu_2(x):
    mask = tf.cast(x > 0, tf.float32)

    def grad(dy):
        return dy * (mask * 0.1 + (1.0 - mask))

    return x * (mask + (1.0 - mask) * 0.1), grad


@tf.custom_gradient
def gelu_tanh(x):
    k = tf.constant(0.7978845608, dtype=tf.float32)
    inner = k * (x + tf.constant(0.044715) * tf.pow(x, 3))
    t = tf.tanh(inner)

    def grad(dy):
        dinner = k * (1.0 + tf.constant(3 * 0.044715) * tf.square(x))
        return dy * (0.5 * (1.0 + t) + 0.5 * x * (1.0 - tf.square(t)) * dinner)

    return 0.5 * x * (1.0 + t), grad
