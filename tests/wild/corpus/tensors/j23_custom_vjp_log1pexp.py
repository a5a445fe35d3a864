import jax
import jax.numpy as jnp


@jax.custom_vjp
def log1pexp(x):
    return jnp.log(1.0 + jnp.exp(x))


def log1pexp_fwd(x):
    return log1pexp(x), x


def log1pexp_bwd(x, g):
    return ((1 - 1 / (1 + jnp.exp(x))) * g,)


log1pexp.defvjp(log1pexp_fwd, log1pexp_bwd)

if __name__ == "__main__":
    print(jax.grad(log1pexp)(100.0))
