# %% [markdown]
# # How weights start
#
# Before a network learns anything, its weights are random numbers. How large they are decides whether it can learn at
# all: forward multiplies the signal by the weights of each layer, and backward multiplies the gradient by them again.
# A little too small, and the signal vanishes on its way through many layers; a little too large, and it explodes.
#
# ```
#  x --( @ )--( ReLU )--( @ )--( ReLU )-- ... --( @ )--( ReLU )-- y
#        |                |                       |
#       W_1              W_2                     W_50
# ```
#
# Look at one affine layer with D inputs h and one of its outputs, z:
#
# $$z = h_1 w_1 + h_2 w_2 + \dots + h_D w_D$$
#
# The weights are independent and have mean 0. Each of the D terms then has the variance $E[h^2] \, Var(w)$, where
# $E[h^2]$ is the mean of the squares of the inputs, and the variances add up:
#
# $$Var(z) = D \cdot Var(w) \cdot E[h^2]$$
#
# The inputs come from the ReLU of the layer before. Its z was as often negative as positive, and ReLU makes zeros of
# the negative half, so that half of the squares is left: $E[h^2] = Var(z_{before}) / 2$. Together,
#
# $$Var(z) = \frac{D \cdot Var(w)}{2} \cdot Var(z_{before})$$
#
# The variance stays the same if the factor is 1, which is so for
#
# $$Var(w) = \frac{2}{D}, \qquad std = \sqrt{2 / D}$$
#
# This is He's initialization. By hand, for D = 100: std = 0.141, and a layer multiplies the variance by
# 100 * 0.02 / 2 = 1. With half of that std, Var(w) is a quarter, and each layer makes a quarter of the variance: after
# 50 layers, 0.25^50, about 1e-30, is left. With twice the std, it is 4^50, about 1e30.
#
# | std of the weights | Var(z) in layer 1 | layer 2 | layer 10 | layer 50 |
# |---|---|---|---|---|
# | half of He's | 0.49 | 0.13 | 1.4e-6 | 2.7e-30 |
# | He's | 2.0 | 2.1 | 1.5 | 3.4 |
# | twice He's | 7.9 | 34 | 1.6e6 | 4.3e30 |
#
# Each layer has 100 units here. The first has no ReLU before it, so that its variance is 2. Backward multiplies by the
# same weights, transposed, and ReLU stops half of the gradients: what keeps the signal keeps the gradients as well.
#
# **Your task:** write `he`, which draws weights, and `variances`, which follows a signal through many layers. `rng` is
# a `numpy.random.Generator`: all random numbers come from it, so that the same seed gives the same weights.

# %%
import numpy as np


def he(shape, rng, dtype=np.float32):
    """Return weights from N(0, 2 / D), of shape (D, M), for an affine layer with D inputs and M outputs."""
    ### BEGIN SOLUTION
    return (np.sqrt(2 / shape[0]) * rng.standard_normal(shape)).astype(dtype)
    ### END SOLUTION


def variances(x, weights):
    """Return the variance of z in each layer, a list of numbers: z is the layer's input times its weights.

    x, shape (N, D), is the input of the first layer; the other layers take ReLU(z) of the layer before. weights is a
    list of matrices, there are no biases, and the variance is that of all numbers in z, shape (N, M).
    """
    ### BEGIN SOLUTION
    found = []
    for W in weights:
        z = x @ W
        found.append(z.var())
        x = np.maximum(z, 0)
    return found
    ### END SOLUTION


# %% [markdown]
# When both are written, this computes the table above.

# %% tags=["given"]
if __name__ == "__main__":
    for factor in (0.5, 1, 2):
        rng = np.random.default_rng(0)
        x = rng.standard_normal((200, 100))
        found = variances(x, [factor * he((100, 100), rng) for _ in range(50)])
        print(f"{factor} of He's std:", *(f"{found[number - 1]:.2g}" for number in (1, 2, 10, 50)))

# %% [markdown] tags=["hints"] part="shape fan_in fifty_layers generator"
# 1. `rng.standard_normal(shape)` draws from N(0, 1). What happens to the variance when you multiply by a number?
# 2. The variance is multiplied by the square of that number, so that the number is the standard deviation, the root of
#    2 / D. D is the number of rows: `shape[0]`.
# 3. At last, `.astype(dtype)` makes float32 of the float64 that NumPy draws.

# %% [markdown] tags=["hints"] part="variances"
# 1. What is z in the first layer, and what is the input of the second?
# 2. In a loop over the weights: compute z, append its variance to a list, and take ReLU(z) as the next input.
# 3. `z.var()` is the variance of all numbers in z, and `np.maximum(z, 0)` is ReLU.

# %% tags=["questions"]
from itertools import pairwise

import numpy as np

from coursework.questions import Question
from language import N_, _

RECTANGLES = ((150, 400), (400, 150), (300, 300))


def draw_seed(rng):
    return {"seed": int(rng.integers(2**31)), "rectangles": [list(shape) for shape in RECTANGLES]}


def draw_weights(rng):
    n, *sizes = (int(size) for size in rng.permutation([4, 5, 6, 7, 8, 9]))
    weights = [rng.normal(size=shape) for shape in pairwise(sizes)]
    return {"x": rng.normal(size=(n, sizes[0])), "weights": weights}


def judge_he(part, answer, expected, arguments):
    values = answer.values() if isinstance(answer, dict) else answer
    if not all(isinstance(weights, np.ndarray) and weights.ndim == 2 for weights in values):
        return _("it does not return an array (D, M)")
    if not all(0 < weights.astype(float).std() < np.inf for weights in values):
        return _("the weights are all the same, or not finite")
    if part == "shape":
        return problem_of_shape(answer)
    if part == "fan_in":
        return problem_of_spread(answer, arguments["rectangles"])
    return problem_of_depth(answer, arguments["seed"]) if part == "fifty_layers" else problem_of_generator(answer)


def problem_of_shape(answer):
    for dtype in ("float32", "float64"):
        if answer[dtype].shape != (3, 4):
            return _("the weights do not have the shape that was asked for")
        if answer[dtype].dtype != dtype:
            return _("the weights are {given} where {dtype} was asked for", given=answer[dtype].dtype, dtype=dtype)
    return ""


def problem_of_spread(answer, shapes):
    """Return whether the variance is as 1 / D: its size is not looked at."""
    if [list(weights.shape) for weights in answer] != shapes:
        return _("the weights do not have the shape that was asked for")
    var = np.array([weights.astype(float).var() for weights in answer])
    d, m = np.array(shapes).T
    if any(abs(weights.astype(float).mean()) > 0.1 * weights.std() for weights in answer):
        return _("the mean of the weights is not near 0")
    if is_constant(var * d):
        return ""
    laws = {
        N_("the variance of the weights is the same for all shapes"): var,
        N_("the variance of the weights is as 1 / M"): var * m,
        N_("the variance of the weights is as 1 / D^2"): var * d**2,
    }
    for law, values in laws.items():
        if is_constant(values):
            return _("{law}; expected as 1 / D, D being the number of rows", law=_(law))
    return _("the variance of the weights is not as 1 / D")


def is_constant(values):
    return bool(values.max() < 1.08 * values.min())


def problem_of_depth(answer, seed):
    if any(W.shape != (64, 64) for W in answer):
        return _("the weights do not have the shape that was asked for")
    h = np.random.default_rng(seed).standard_normal((50, 64))
    found = []
    for W in answer:
        z = h @ W.astype(float)
        found.append(z.var())
        h = np.maximum(z, 0)
    with np.errstate(all="ignore"):
        change = found[-1] / found[0]
    if len(found) == 50 and 1e-7 < change < 1e7:
        return ""
    if change > 1:
        return _("the signal explodes on its way through 50 layers of 64 units")
    return _("the signal vanishes on its way through 50 layers of 64 units")


def problem_of_generator(answer):
    if not np.array_equal(answer["first"], answer["again"]):
        return _("generators with the same seed do not give the same weights")
    same = np.array_equal(answer["first"], answer["next"])
    return _("a generator gives the same weights in each call") if same else ""


HE = {"shape": 1, "fan_in": 2, "fifty_layers": 3, "generator": 1}
QUESTIONS = [
    Question("he", HE, draw_seed, "ask_he", judge_he),
    Question("variances", {"variances": 3}, draw_weights, "ask_variances"),
]

# %% tags=["asked"]
import numpy as np


def ask_he(work, answers, seed, rectangles):
    def rng():
        return np.random.default_rng(seed)

    answers["shape"] = {"float32": work.he((3, 4), rng()), "float64": work.he((3, 4), rng(), np.float64)}
    drawing = rng()
    answers["fan_in"] = [work.he(tuple(shape), drawing) for shape in rectangles]
    answers["fifty_layers"] = [work.he((64, 64), drawing) for _ in range(50)]
    drawing = rng()
    first, following = work.he((5, 6), drawing), work.he((5, 6), drawing)
    answers["generator"] = {"first": first, "again": work.he((5, 6), rng()), "next": following}


def ask_variances(work, answers, x, weights):
    answers["variances"] = work.variances(x, weights)


# %% tags=["wrong"] name="root-missing" part="fan_in fifty_layers"
# The standard deviation is 2 / D. That should be the variance: the standard deviation is its root.
def he(shape, rng, dtype=np.float32):
    return (2 / shape[0] * rng.standard_normal(shape)).astype(dtype)


# %% tags=["wrong"] name="fan-out" part="fan_in"
# D is taken for the number of columns. It is the number of inputs of an output: the rows.
def he(shape, rng, dtype=np.float32):
    return (np.sqrt(2 / shape[1]) * rng.standard_normal(shape)).astype(dtype)


# %% tags=["wrong"] name="same-for-all-sizes" part="fan_in fifty_layers"
# The standard deviation does not depend on the number of inputs: the more of them there are, the smaller it must be.
def he(shape, rng, dtype=np.float32):
    return (0.01 * rng.standard_normal(shape)).astype(dtype)


# %% tags=["wrong"] name="std-missing" part="fan_in fifty_layers"
# The weights come from N(0, 1): they are not multiplied by the standard deviation.
def he(shape, rng, dtype=np.float32):
    return rng.standard_normal(shape).astype(dtype)


# %% tags=["wrong"] name="xavier" part="fan_in fifty_layers"
# The variance is 2 / (D + M), which is Xavier's initialization for sigmoid and tanh. With ReLU it is too small.
def he(shape, rng, dtype=np.float32):
    return (np.sqrt(2 / sum(shape)) * rng.standard_normal(shape)).astype(dtype)


# %% tags=["wrong"] name="too-small" part="fifty_layers"
# The variance is as 1 / D, and smaller than 2 / D. ReLU takes away half of the squares, which the 2 makes good.
def he(shape, rng, dtype=np.float32):
    return (np.sqrt(1 / shape[0]) * rng.standard_normal(shape)).astype(dtype)


# %% tags=["wrong"] name="too-large" part="fifty_layers"
# The variance is as 1 / D, and larger than 2 / D. Work out the std for D = 100 and compare it with the example.
def he(shape, rng, dtype=np.float32):
    return (2 * np.sqrt(2 / shape[0]) * rng.standard_normal(shape)).astype(dtype)


# %% tags=["wrong"] name="uniform" part="fan_in fifty_layers"
# The weights are drawn uniformly from 0 to 1, so that none is negative: N(0, 1) is another function of the generator.
def he(shape, rng, dtype=np.float32):
    return (np.sqrt(2 / shape[0]) * rng.random(shape)).astype(dtype)


# %% tags=["wrong"] name="generator-ignored" part="generator"
# The weights do not come from rng, so that the same seed does not give the same weights.
def he(shape, rng, dtype=np.float32):
    return (np.sqrt(2 / shape[0]) * np.random.randn(*shape)).astype(dtype)  # noqa: NPY002


# %% tags=["wrong"] name="seeded-inside" part="generator"
# The function makes a generator of its own with a fixed seed, so that all layers start with the same numbers.
def he(shape, rng, dtype=np.float32):
    return (np.sqrt(2 / shape[0]) * np.random.default_rng(0).standard_normal(shape)).astype(dtype)


# %% tags=["wrong"] name="dtype-ignored" part="shape"
# The weights are float64 whatever dtype says: what rng draws must be converted.
def he(shape, rng, dtype=np.float32):
    return np.sqrt(2 / shape[0]) * rng.standard_normal(shape)


# %% tags=["wrong"] name="after-relu" part="variances"
# This is the variance of the output of ReLU. It is asked for z, which goes into ReLU.
def variances(x, weights):
    found = []
    for W in weights:
        x = np.maximum(x @ W, 0)
        found.append(x.var())
    return found


# %% tags=["wrong"] name="relu-missing" part="variances"
# The next layer is given z. It should be given ReLU(z).
def variances(x, weights):
    found = []
    for W in weights:
        x = x @ W
        found.append(x.var())
    return found


# %% tags=["wrong"] name="not-passed-on" part="variances"
# Every layer is given x: only the first takes x, and each other layer the ReLU(z) of the layer before.
def variances(x, weights):
    return [(x @ W).var() for W in weights]


# %% tags=["wrong"] name="root-taken" part="variances"
# These are standard deviations: the variance is the square of it.
variances_right = variances


def variances(x, weights):
    return [np.sqrt(var) for var in variances_right(x, weights)]


# %% tags=["wrong"] name="mean-of-squares" part="variances"
# These are the means of the squares of z. The variance is that of the distances from the mean of z.
def variances(x, weights):
    found = []
    for W in weights:
        z = x @ W
        found.append(np.mean(z**2))
        x = np.maximum(z, 0)
    return found


# %% tags=["wrong"] name="one-for-each-unit" part="variances"
# Each layer has a variance for each of its units. It should be one number, that of all numbers in z.
def variances(x, weights):
    found = []
    for W in weights:
        z = x @ W
        found.append(z.var(axis=0))
        x = np.maximum(z, 0)
    return found


# %% tags=["wrong"] name="last-layer-only" part="variances"
# Only the variance of the last layer is returned. Keep that of each layer in a list.
variances_right = variances


def variances(x, weights):
    return variances_right(x, weights)[-1]
