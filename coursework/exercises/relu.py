# %% [markdown]
# # ReLU
#
# Between its linear layers a network needs something that is not linear: without it, many layers could do no more than
# one. The **rectified linear unit** is the simplest such function, and the most used. It lets positive values pass and
# turns all others into 0:
#
# $$y = \max(x, 0)$$
#
# ```
#   y |        /
#     |       /
#     |      /        slope 1 for x > 0
#     |     /
#  ---+----+------- x
#    slope 0 for x < 0
# ```
#
# | array | shape | |
# |---|---|---|
# | `x` | any, for example (N, D) | the inputs |
# | `y` | that of `x` | the outputs, element by element |
# | `dout` | that of `y` | dL/dy |
# | `dx` | that of `x` | dL/dx |
#
# ## Backward
#
# Where x is positive, y = x: the slope is 1, and dout passes on as it came. Where x is negative, y stays 0 when x moves
# a little: the slope is 0, and nothing passes. (At exactly 0 there is no slope; 0 is the usual choice.)
#
# $$dx = \begin{cases} dout & \text{where } x > 0 \\ 0 & \text{elsewhere} \end{cases}$$
#
# ReLU works like a switch. In forward, each element of x sets its switch to on or off. In backward, the gradient runs
# through the same switches: what counts is the sign of x, and not that of dout. A layer therefore keeps a **mask** in
# forward, an array that says where x is positive.
#
# By hand: x = (2, -3, 1) gives y = (2, 0, 1), and the mask is (on, off, on). If dout = (-5, 4, 6), then dx = (-5, 0,
# 6).
#
# The array x belongs to the layer before, which may still need it. Forward therefore returns a new array and leaves x
# as it is.
#
# **Your task:** write `ReLU()`. `forward(x)` returns y; `backward(dout)` returns dx. Both work for any shape, and
# forward leaves x unchanged.

# %%
import numpy as np


class ReLU:
    """Rectified linear unit, y = max(x, 0), element by element."""

    def forward(self, x):
        """Return y, which has x's shape."""
        ### BEGIN SOLUTION
        self.mask = x > 0
        return np.maximum(x, 0)
        ### END SOLUTION

    def backward(self, dout):
        """Return dx, which has x's shape."""
        ### BEGIN SOLUTION
        return dout * self.mask
        ### END SOLUTION


# %% [markdown] tags=["hints"] part="forward"
# 1. Each element is compared with 0, and the larger of the two is kept.
# 2. `x > 0` is an array of True and False in the shape of x. Backward will need it.
# 3. `np.maximum(a, b)` compares element by element. It is not `np.max`, which looks for the largest element of an
#    array.

# %% [markdown] tags=["hints"] part="dx"
# 1. Which elements of y change when x changes a little?
# 2. Where x was positive, dx is dout; where it was not, dx is 0. The mask from forward says which is which.
# 3. In a product with numbers, True counts as 1 and False as 0.

# %% [markdown] tags=["hints"] part="unchanged"
# 1. Is the array that forward returns a new one, or is it x itself?
# 2. `y = x` makes no copy: it is a second name for the same array, and `y[...] = 0` changes x.
# 3. Make a copy before you change elements, `x.copy()`, or use a function that returns a new array.

# %% tags=["questions"]
from coursework.questions import Layer, Question
from language import N_

ASKED = N_("forward does nothing")  # what the cell that asks raises: it runs where there are no translations


def both_signs(rng, shape):
    size = 1
    for length in shape:
        size *= length
    signs = rng.permutation([1.0, -1.0] * ((size + 1) // 2))[:size]
    return (signs * rng.uniform(0.2, 2, size=size)).reshape(shape)


def draw(rng):
    shapes = [(4, 3), (3, 5), (1, 8), (2, 3, 2, 2)]
    return {}, (both_signs(rng, shapes[rng.integers(len(shapes))]),)


QUESTIONS = [
    Layer("ReLU", {"forward": 3, "dx": 3}, draw),
    Question("ReLU", {"unchanged": 2}, lambda rng: {"x": both_signs(rng, (4, 3))}, "ask_unchanged"),
]

# %% tags=["asked"]
import numpy as np


def ask_unchanged(work, answers, x):
    """Answer x as it is after forward."""
    before = x.copy()
    y = work.ReLU().forward(x)
    if y is None or np.array_equal(y, before) or np.array_equal(y, work.ReLU().forward(1 - before)):
        raise ValueError("forward does nothing")
    answers["unchanged"] = x


# %% tags=["wrong"] name="mask-inverted" part="dx"
# The gradient passes where x was negative and stops where it was positive. It is the other way round.
class ReLU(ReLU):
    def backward(self, dout):
        return dout * ~self.mask


# %% tags=["wrong"] name="mask-missing" part="dx"
# The gradient passes everywhere. Where x was not positive, y does not depend on x, so that dx is 0 there.
class ReLU(ReLU):
    def backward(self, dout):
        return dout


# %% tags=["wrong"] name="mask-from-dout" part="dx"
# The gradient stops where dout is negative. What counts is the sign of x, which forward has seen.
class ReLU(ReLU):
    def backward(self, dout):
        return np.maximum(dout, 0)


# %% tags=["wrong"] name="mask-from-dout" part="dx"
# The gradient stops where dout is not positive, besides where x was not positive. What counts is the sign of x alone.
class ReLU(ReLU):
    def backward(self, dout):
        return np.maximum(dout, 0) * self.mask


# %% tags=["wrong"] name="ignores-dout" part="dx"
# This is the slope of ReLU, 1 or 0. The chain rule multiplies it with dout.
class ReLU(ReLU):
    def backward(self, dout):
        return self.mask * 1.0


# %% tags=["wrong"] name="value-for-slope" part="dx"
# dout is multiplied with the output. The slope of ReLU is 1 where x is positive, however large x is.
class ReLU(ReLU):
    def forward(self, x):
        self.y = super().forward(x)
        return self.y

    def backward(self, dout):
        return dout * self.y


# %% tags=["wrong"] name="sign-for-slope" part="dx"
# The gradient is negated where x was negative. There the slope of ReLU is 0, and not -1: dx is 0.
class ReLU(ReLU):
    def backward(self, dout):
        return np.where(self.mask, dout, -dout)


# %% tags=["wrong"] name="overwrites-input" part="unchanged"
# Forward sets elements of x itself to 0, and x belongs to the layer before. Work on a copy.
class ReLU(ReLU):
    def forward(self, x):
        self.mask = x > 0
        x[~self.mask] = 0
        return x


# %% tags=["wrong"] name="maximum-of-all" part="forward"
# This is the largest value along an axis: `np.max(x, 0)` reads the 0 as an axis. Each element is compared with 0 by
# another function.
class ReLU(ReLU):
    def forward(self, x):
        super().forward(x)
        return np.max(x, 0)


# %% tags=["wrong"] name="maximum-of-all" part="forward"
# This is one number, the largest of all. ReLU compares each element with 0.
class ReLU(ReLU):
    def forward(self, x):
        super().forward(x)
        return max(x.max(), 0)


# %% tags=["wrong"] name="absolute-value" part="forward"
# Negative values become positive. ReLU turns them into 0.
class ReLU(ReLU):
    def forward(self, x):
        super().forward(x)
        return np.abs(x)


# %% tags=["wrong"] name="minimum-for-maximum" part="forward"
# The negative values pass and the positive ones become 0. It is the other way round.
class ReLU(ReLU):
    def forward(self, x):
        super().forward(x)
        return np.minimum(x, 0)


# %% tags=["wrong"] name="step-for-ramp" part="forward"
# Positive values become 1. ReLU leaves them as they are.
class ReLU(ReLU):
    def forward(self, x):
        super().forward(x)
        return (x > 0) * 1.0
