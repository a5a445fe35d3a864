# %% [markdown]
# # The sigmoid
#
# The **sigmoid** turns any number into one between 0 and 1. Large numbers come close to 1, very negative ones close to
# 0, and 0 becomes 1/2. Networks use it where an output should be read as a probability.
#
# $$y = \frac{1}{1 + e^{-x}}$$
#
# ```
#   1 |             _______
#     |          .-'
# 1/2 |        .'
#     |     .-'
#   0 |____'
#     +--------+-----------  x
#              0
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
# As a graph, the sigmoid is a row of four small nodes. Below each node stands its local gradient.
#
# ```
#  x --( * -1 )-- -x --( exp )-- e --( + 1 )-- s --( 1 / s )-- y
#         -1              e             1           -1/s^2
# ```
#
# Here e stands for exp(-x) and s for 1 + exp(-x). The chain rule multiplies the four:
#
# $$\frac{dy}{dx} = (-1) \cdot e^{-x} \cdot 1 \cdot \left(-\frac{1}{s^2}\right) = \frac{e^{-x}}{s^2}$$
#
# Now $y = 1/s$ and $e^{-x} = s - 1$. So the slope is $(s - 1)/s^2 = 1/s - 1/s^2$, and this is
#
# $$\frac{dy}{dx} = y - y^2 = y \, (1 - y) \qquad dx = dout \cdot y \, (1 - y)$$
#
# The slope can be computed from the output alone. Forward has y at hand, and backward needs no exponential any more.
#
# By hand: x = 0 gives y = 1/2 and the slope 1/2 * 1/2 = 1/4. If dout = 8, then dx = 2. This is the steepest place: the
# gradient becomes at least four times smaller at each sigmoid that it passes through.
#
# ## Large numbers
#
# exp(1000) is too large for a float: NumPy warns of an **overflow** and returns inf. With x = -1000, the formula above
# computes just this number. But an exponential of a *negative* number is harmless, since it is at most 1. Multiply the
# numerator and the denominator by $e^x$, and you get a form for negative x:
#
# $$y = \frac{e^x}{1 + e^x}$$
#
# **Your task:** write `Sigmoid()`. `forward(x)` returns y; `backward(dout)` returns dx. Forward must not warn of an
# overflow, whether x is 1000 or -1000.

# %%
import numpy as np


class Sigmoid:
    """Sigmoid, y = 1 / (1 + exp(-x)), element by element."""

    def forward(self, x):
        """Return y, which has x's shape."""
        ### BEGIN SOLUTION
        small = np.exp(-np.abs(x))
        self.y = np.where(x > 0, 1, small) / (1 + small)
        return self.y
        ### END SOLUTION

    def backward(self, dout):
        """Return dx, which has x's shape."""
        ### BEGIN SOLUTION
        return dout * self.y * (1 - self.y)
        ### END SOLUTION


# %% [markdown] tags=["hints"] part="forward"
# 1. Write the formula as it stands: NumPy's `np.exp` works element by element.
# 2. Mind the minus sign and the parentheses: the whole of 1 + exp(-x) stands below the line.
# 3. Check it with three numbers: x = 0 gives 0.5, a large x gives almost 1, a very negative one almost 0. Keep y for
#    backward.

# %% [markdown] tags=["hints"] part="dx"
# 1. The slope is written with y, the output, and forward has computed it.
# 2. At x = 0, y is 1/2 and the slope is 1/4. Does your formula give 1/4?
# 3. Three factors: dout, y, and what is missing from y to 1.

# %% [markdown] tags=["hints"] part="large"
# 1. For which x is exp(-x) a huge number? For which x is exp(x) one?
# 2. There are two ways to write y, one that is safe for x >= 0 and one that is safe for x < 0. `np.where(condition, a,
#    b)` alone does not help, since it computes both for all elements and chooses afterwards.
# 3. exp(-abs(x)) is never larger than 1. It is exp(-x) where x is positive and exp(x) where x is negative: both
#    ways to write y need only this one exponential.

# %% tags=["questions"]
import numpy as np

from coursework.questions import Layer, Question
from language import _


def draw(rng):
    shapes = [(4, 3), (3, 5), (1, 8), (2, 3, 2, 2)]
    return {}, (rng.normal(scale=1.5, size=shapes[rng.integers(len(shapes))]),)


def draw_large(rng):
    return {"x": rng.permutation([-1.0, -1.0, 1.0, 1.0]) * rng.uniform(800, 2000, size=4)}


def judge_large(part, answer, expected, arguments):
    """Return what is wrong with the outputs: each must be 0 or 1, and it is another part that says which."""
    if isinstance(answer, str):
        return _("forward warns: {warning}", warning=answer)
    if not isinstance(answer, np.ndarray) or answer.dtype.kind not in "biuf" or answer.shape != expected.shape:
        return _("forward does not return an output for each input")
    if not np.isfinite(answer).all():
        return _("the output holds NaN or inf")
    if len(np.unique(answer.round(6))) == 1:
        return _("the output is the same whatever the input is")
    if not (np.abs(answer * (1.0 - answer)) < 1e-6).all():
        return _("the output is neither 0 nor 1")
    high, positive = answer > 0.5, arguments["x"] > 0
    depends = np.array_equal(high, positive) or np.array_equal(high, ~positive)
    return "" if depends else _("the output is the same whatever the input is")


QUESTIONS = [
    Layer("Sigmoid", {"forward": 3, "dx": 3}, draw),
    Question("Sigmoid", {"large": 2}, draw_large, "ask_large", judge=judge_large),
]

# %% tags=["asked"]
import warnings

import numpy as np


def ask_large(work, answers, x):
    """Answer the outputs for large numbers, or the warnings that came with them."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        y = work.Sigmoid().forward(x)
    answers["large"] = ", ".join(sorted({str(one.message) for one in caught})) or y


# %% tags=["wrong"] name="overflow" part="large"
# The exponential of a large positive number is too large for a float. Use exp(-x) where x is positive, and exp(x) where
# it is negative.
class Sigmoid(Sigmoid):
    def forward(self, x):
        self.y = 1 / (1 + np.exp(-x))
        return self.y


# %% tags=["wrong"] name="overflow" part="large"
# The exponential of a large positive number is too large for a float. Use exp(-x) where x is positive, and exp(x) where
# it is negative.
class Sigmoid(Sigmoid):
    def forward(self, x):
        self.y = np.exp(x) / (1 + np.exp(x))
        return self.y


# %% tags=["wrong"] name="overflow" part="large"
# `np.where` computes both of its arguments for all elements and chooses afterwards: each exponential is still taken of
# large positive numbers. Let only numbers that are not positive come to `np.exp`.
class Sigmoid(Sigmoid):
    def forward(self, x):
        self.y = np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))
        return self.y


# %% tags=["wrong"] name="ignores-dout" part="dx"
# This is the slope alone. The chain rule multiplies it with dout.
class Sigmoid(Sigmoid):
    def backward(self, dout):
        return self.y * (1 - self.y)


# %% tags=["wrong"] name="wrong-point" part="dx"
# The slope is y (1 - y), with the output y; here the input x was put in its place.
class Sigmoid(Sigmoid):
    def forward(self, x):
        self.x = x
        return super().forward(x)

    def backward(self, dout):
        return dout * self.x * (1 - self.x)


# %% tags=["wrong"] name="wrong-point" part="dx"
# The slope is y (1 - y), with the output y; here the sigmoid of dout was put in its place.
class Sigmoid(Sigmoid):
    def backward(self, dout):
        y = 1 / (1 + np.exp(-dout))
        return dout * y * (1 - y)


# %% tags=["wrong"] name="applied-twice" part="dx"
# The sigmoid is applied to the output once more, and the slope is taken there. y is the output of the sigmoid already.
class Sigmoid(Sigmoid):
    def backward(self, dout):
        y = 1 / (1 + np.exp(-self.y))
        return dout * y * (1 - y)


# %% tags=["wrong"] name="missing-factor" part="dx"
# The slope has two factors, y and 1 - y; the second one is missing.
class Sigmoid(Sigmoid):
    def backward(self, dout):
        return dout * self.y


# %% tags=["wrong"] name="missing-factor" part="dx"
# The slope has two factors, y and 1 - y; the first one is missing.
class Sigmoid(Sigmoid):
    def backward(self, dout):
        return dout * (1 - self.y)


# %% tags=["wrong"] name="sign-flipped" part="dx"
# The sign is wrong. Two of the four local gradients are negative, and their product is positive.
class Sigmoid(Sigmoid):
    def backward(self, dout):
        return -dout * self.y * (1 - self.y)


# %% tags=["wrong"] name="slope-of-tanh" part="dx"
# 1 - y^2 is the slope of tanh. That of the sigmoid is y (1 - y), which is y - y^2.
class Sigmoid(Sigmoid):
    def backward(self, dout):
        return dout * (1 - self.y**2)


# %% tags=["wrong"] name="minus-missing" part="forward"
# The outputs fall where they should rise: exp has x in it, and not -x.
class Sigmoid(Sigmoid):
    def forward(self, x):
        self.y = 1 - super().forward(x)
        return self.y


# %% tags=["wrong"] name="minus-missing" part="forward large"
# The outputs fall where they should rise: exp has x in it, and not -x.
class Sigmoid(Sigmoid):
    def forward(self, x):
        self.y = 1 / (1 + np.exp(x))
        return self.y


# %% tags=["wrong"] name="parentheses-missing" part="forward dx large"
# The parentheses around 1 + exp(-x) are missing, so that only 1 is divided by 1.
class Sigmoid(Sigmoid):
    def forward(self, x):
        self.y = 1 / 1 + np.exp(-x)
        return self.y
