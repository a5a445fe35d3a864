import tensorflow as tf


@tf.custom_gradient
def layer_norm(x, gamma, beta):
    mu = tf.reduce_mean(x, -1, keepdims=True)
    var = tf.reduce_mean(tf.square(x - mu), -1, keepdims=True)
    rstd = tf.math.rsqrt(var + 1e-5)
    xhat = (x - mu) * rstd

    def grad(dy):
        axes = list(range(x.shape.rank - 1))
        dgamma = tf.reduce_sum(dy * xhat, axes)
        dbeta = tf.reduce_sum(dy, axes)
        g = dy * gamma
        dx = rstd * (g - tf.reduce_mean(g, -1, keepdims=True))
        return dx, dgamma, dbeta

    return xhat * gamma + beta, grad


@tf.custom_gradient
def rms_norm(x):
    r = tf.math.rsqrt(tf.reduce_mean(x * x, -1, keepdims=True) + 1e-6)
    y = x * r

    def grad(dy):
        return r * (dy - y * tf.reduce_mean(dy * y, -1, keepdims=True))

    return y, grad
