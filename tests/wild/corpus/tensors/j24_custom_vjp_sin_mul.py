from jax import custom_vjp, grad
import jax.numpy as jnp

@custom_vjp
def f(x, y):
    return jnp.cos(x) * y

def f_fwd(x, y):
    # Returns primal output and residuals to be used in the backward pass
    return f(x, y), (jnp.cos(x), jnp.sin(x), y)

def f_bwd(res, g):
    cos_x, sin_x, y = res
    return (sin_x * g * y, cos_x * g)

f.defvjp(f_fwd, f_bwd)
