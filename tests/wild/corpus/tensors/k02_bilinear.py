import tensorflow as tf

# two inputs, under tf.function

@tf.function
@tf.custom_gradient
def cos_times(x, y):
  c = tf.cos(x)
  def grad(dy):
    return dy * tf.sin(x) * y, dy * c
  return c * y, grad


@tf.function(jit_compile=True, input_signature=[tf.TensorSpec([None, None], tf.float32)])
@tf.custom_gradient
def softsign(x):
  d = 1.0 + tf.abs(x)
  def grad(dy):
    return dy / (d * d)
  return x / d, grad
