# %% [markdown]
# # Dropout
#
# A network with many weights can learn its training data by heart: a few units come to rely on each other, and
# together they recognise individual images. Dropout prevents that. In each forward pass of the training, every value
# is set to 0 with the probability `dropout_ratio`. No unit can count on another one being there, so each has to learn
# something that is useful by itself.
#
# Which values are dropped is drawn anew in each pass, and for each value by itself:
#
# ```text
#    training                          prediction
#
#    x ----> (*) ----> y               x ----------> y
#             ^
#            mask
#
#    mask = 0              with probability r          r = dropout_ratio
#           1 / (1 - r)    otherwise
# ```
#
# Why are the others divided by $1 - r$? With $r = 0.5$ only half of the values reach the next layer, and its sums
# would be half as large in training as in prediction. The division makes up for it: on average y is as large as x, and
# in prediction all values pass as they are. (The book *Deep Learning from Scratch* does it the other way round: it
# does not divide, and multiplies by $1 - r$ in prediction. This layer divides.)
#
# Backward is that of a multiplication. With $y = x \cdot mask$,
#
# $$\frac{\partial L}{\partial x} = dout \cdot mask$$
#
# with the mask of the forward pass: a value that was dropped had no influence on the loss, so its gradient is 0.
#
# All of these arrays have the same shape: x, mask and y, dout and dx. It is (N, D) behind a fully connected layer, and
# may be any other.
#
# By hand: let x = (1, 2, 3, 4), r = 0.5, and let the numbers drawn between 0 and 1 be 0.3, 0.8, 0.1, 0.6. Those below
# 0.5 drop their value, so that mask = (0, 2, 0, 2) and y = (0, 4, 0, 8). If dout = (5, 6, 7, 8), then
# dx = (0, 12, 0, 16).
#
# **Your task:** write `Dropout(dropout_ratio)`. `forward(x)` drops values and divides the others;
# `forward(x, training=False)` returns x as it is. `backward(dout)` returns dx after a forward pass in training. The
# generator `self.rng` draws numbers between 0 and 1: `self.rng.random(shape)`.

# %%
import numpy as np


class Dropout:
    """In training set each value to 0 with probability dropout_ratio, and divide the others by 1 - dropout_ratio."""

    def __init__(self, dropout_ratio=0.5):
        self.dropout_ratio = dropout_ratio
        self.rng = np.random.default_rng()

    def forward(self, x, training=True):
        """Return y, of the shape of x."""
        ### BEGIN SOLUTION
        if not training:
            return x
        kept = self.rng.random(x.shape) >= self.dropout_ratio
        self.mask = kept / (1 - self.dropout_ratio)
        return x * self.mask
        ### END SOLUTION

    def backward(self, dout):
        """Return dx, of the shape of dout."""
        ### BEGIN SOLUTION
        return dout * self.mask
        ### END SOLUTION


# %% [markdown] tags=["hints"] part="zeros"
# 1. Each value needs a number of its own, drawn between 0 and 1: an array of which shape?
# 2. A number between 0 and 1 is below 0.3 with probability 0.3. Compare the drawn numbers with `dropout_ratio`; where
#    they are below it, the value is dropped.
# 3. `self.rng.random(x.shape) >= self.dropout_ratio` is True where the value is kept. In a product, True is 1 and
#    False is 0.

# %% [markdown] tags=["hints"] part="scale"
# 1. With r = 0.5 half of the values are left. By how much must they grow so that their sum stays about the same?
# 2. The share that is kept is 1 - r, and the values are divided by it.
# 3. Put the division into the mask: it is 0 or 1 / (1 - r), and y is x * mask.

# %% [markdown] tags=["hints"] part="prediction"
# 1. In prediction nothing is random: the same image must always get the same answer.
# 2. The division in training has taken care of the mean already, so there is nothing to multiply by.
# 3. Where `training` is False, return x before anything is drawn.

# %% [markdown] tags=["hints"] part="dx"
# 1. y = x * mask, for each value by itself. What is dy/dx for a value that was dropped, and for one that was kept?
# 2. Backward needs the very mask with which forward multiplied. Keep it as an attribute.
# 3. With forward's `self.mask`, which holds the division too, dx is a product of two arrays of the same shape.

# %% tags=["questions"]
import numpy as np

from coursework.questions import Question
from language import _


def draw(rng):
    shape = rng.integers(50, 80), rng.integers(50, 80)
    ratio = float(rng.choice([0.2, 0.25, 0.3, 0.35, 0.65, 0.7]))
    x = rng.uniform(0.5, 2.0, shape) * rng.choice([-1.0, 1.0], shape)
    return {"ratio": ratio, "x": x}


def draw_with_dout(rng):
    case = draw(rng)
    return {**case, "dout": rng.uniform(0.5, 2.0, case["x"].shape)}


def judge(part, answer, expected, arguments):
    judge_part = {"zeros": judge_zeros, "scale": judge_scale, "prediction": judge_prediction, "dx": judge_dx}[part]
    arrays = answer if isinstance(answer, list) else [answer]
    if len(arrays) != (1 if part == "scale" else 2):
        return _("an answer is missing")
    for array in arrays:
        if not isinstance(array, np.ndarray) or array.shape != arguments["x"].shape:
            return _("expected an array of the shape of x")
        if not np.isfinite(array).all():
            return _("it holds NaN or inf")
    with np.errstate(all="ignore"):
        return judge_part(*(array.astype(float) for array in arrays), arguments)


def judge_zeros(first, second, arguments):
    ratio, dropped = arguments["ratio"], first == 0
    share = dropped.mean()
    spread = max(dropped.mean(axis=0).std(), dropped.mean(axis=1).std())
    if share == 0:
        return _("no value is set to 0")
    if spread > 0.5 * np.sqrt(share * (1 - share)):
        return _("whole rows or columns are set to 0 together")
    if abs(share - ratio) > 0.06:
        complement = abs(share - (1 - ratio)) < 0.06
        if complement:
            return _("the share of zeros is 1 - dropout_ratio")
        return _("the share of zeros is not dropout_ratio")
    if np.array_equal(dropped, second == 0):
        return _("the same values are set to 0 in each pass")
    return ""


def judge_scale(y, arguments):
    kept, ratio = y != 0, arguments["ratio"]
    factors = y[kept] / arguments["x"][kept]
    if not kept.any():
        return _("no value is kept")
    if np.allclose(factors, 1 / (1 - ratio), rtol=1e-6):
        return ""
    if np.allclose(factors, 1, rtol=1e-6):
        return _("the values that are kept are those of x, not divided")
    if np.ptp(factors) < 1e-6:
        return _("the values that are kept are not x / (1 - dropout_ratio)")
    return _("the values that are kept are not all divided")


def judge_prediction(trained, y, arguments):
    factors = y / arguments["x"]
    if not (trained == 0).any():
        return _("forward drops nothing in training either")
    if np.allclose(factors, 1, rtol=1e-6):
        return ""
    if (y == 0).any():
        return _("values are dropped in prediction")
    if np.ptp(factors) < 1e-6:
        return _("in prediction the values are multiplied by a number")
    return _("in prediction it is not x")


def judge_dx(y, dx, arguments):
    mask, passed = y / arguments["x"], dx / arguments["dout"]
    kept = mask != 0
    if kept.all() or not kept.any():
        return _("forward drops nothing, or everything, so that there is no mask for backward")
    if np.allclose(passed, mask, rtol=1e-6):
        return ""
    if np.allclose(passed, passed[0, 0], rtol=1e-6):
        return _("the gradient passes everywhere")
    if np.array_equal(passed != 0, ~kept):
        return _("the gradient passes where values were dropped")
    if np.array_equal(passed != 0, kept):
        return _("the gradient passes in the right places, and with another factor than the values")
    return _("the gradient does not pass in the places where values were kept")


QUESTIONS = [
    Question("Dropout", {"zeros": 3, "scale": 2, "prediction": 2}, draw, "ask_forward", judge),
    Question("Dropout", {"dx": 3}, draw_with_dout, "ask_backward", judge),
]


# %% tags=["asked"]
import numpy as np


def ask_forward(work, answers, ratio, x):
    layer = work.Dropout(ratio)
    first, second = np.copy(layer.forward(x.copy())), np.copy(layer.forward(x.copy()))
    answers["zeros"] = [first, second]
    answers["scale"] = first
    answers["prediction"] = [first, work.Dropout(ratio).forward(x.copy(), training=False)]


def ask_backward(work, answers, ratio, x, dout):
    layer = work.Dropout(ratio)
    layer.forward(x.copy())
    y = np.copy(layer.forward(x.copy()))
    answers["dx"] = [y, layer.backward(dout.copy())]


# %% tags=["wrong"] name="ratio-inverted" part="zeros"
# dropout_ratio is the share of values that are dropped; here it is the share of those that are kept.
class Dropout(Dropout):
    def forward(self, x, training=True):
        if not training:
            return x
        self.mask = (self.rng.random(x.shape) < self.dropout_ratio) / (1 - self.dropout_ratio)
        return x * self.mask


# %% tags=["wrong"] name="not-one-by-one" part="zeros"
# One number is drawn for many values, so that they are dropped together. Each value needs a number of its own.
class Dropout(Dropout):
    def forward(self, x, training=True):
        if not training:
            return x
        self.mask = (self.rng.random(x.shape[1:]) >= self.dropout_ratio) / (1 - self.dropout_ratio)
        self.mask = np.broadcast_to(self.mask, x.shape)
        return x * self.mask


# %% tags=["wrong"] name="mask-kept" part="zeros"
# The mask is drawn once and used in each pass. Draw a new one whenever forward is called in training.
class Dropout(Dropout):
    mask = None

    def forward(self, x, training=True):
        if not training:
            return x
        if self.mask is None:
            self.mask = (self.rng.random(x.shape) >= self.dropout_ratio) / (1 - self.dropout_ratio)
        return x * self.mask


# %% tags=["wrong"] name="scaled-twice" part="prediction"
# Prediction multiplies by 1 - dropout_ratio although training has divided by it already. One of the two is enough.
class Dropout(Dropout):
    def forward(self, x, training=True):
        return super().forward(x) if training else x * (1 - self.dropout_ratio)


# %% tags=["wrong"] name="scale-missing" part="scale"
# What is kept is passed on as it is, so that sums are smaller in training than in prediction. Divide it by the share
# that is kept.
class Dropout(Dropout):
    def forward(self, x, training=True):
        if not training:
            return x
        self.mask = self.rng.random(x.shape) >= self.dropout_ratio
        return x * self.mask


# %% tags=["wrong"] name="scaled-in-prediction" part="scale prediction"
# This is the other convention, that of the book: it multiplies in prediction. Here the values are divided in training,
# and prediction leaves them as they are.
class Dropout(Dropout):
    def forward(self, x, training=True):
        if not training:
            return x * (1 - self.dropout_ratio)
        self.mask = self.rng.random(x.shape) >= self.dropout_ratio
        return x * self.mask


# %% tags=["wrong"] name="divided-by-ratio" part="scale"
# The values that are kept are divided by the share that is dropped. Divide by the share that is kept.
class Dropout(Dropout):
    def forward(self, x, training=True):
        if not training:
            return x
        self.mask = (self.rng.random(x.shape) >= self.dropout_ratio) / self.dropout_ratio
        return x * self.mask


# %% tags=["wrong"] name="training-ignored" part="prediction"
# Forward draws a mask whatever training says. Look at this argument before anything is drawn.
class Dropout(Dropout):
    def forward(self, x, training=True):
        return super().forward(x)


# %% tags=["wrong"] name="mask-drawn-again" part="dx"
# Backward draws a mask of its own. The gradient must pass where the values passed, so forward's mask is needed.
class Dropout(Dropout):
    def backward(self, dout):
        return dout * (self.rng.random(dout.shape) >= self.dropout_ratio) / (1 - self.dropout_ratio)


# %% tags=["wrong"] name="mask-missing" part="dx"
# Backward uses no mask. A value that was dropped had no influence on the loss, so its gradient is 0.
class Dropout(Dropout):
    def backward(self, dout):
        return dout / (1 - self.dropout_ratio)


# %% tags=["wrong"] name="mask-inverted" part="dx"
# The mask is turned round in backward, so that the gradient is 0 where values were kept. Use the mask of forward.
class Dropout(Dropout):
    def backward(self, dout):
        return dout * (self.mask == 0) / (1 - self.dropout_ratio)


# %% tags=["wrong"] name="constant-factor" part="dx"
# Forward has also divided by 1 - dropout_ratio, and backward has not. This factor belongs into the gradient, too.
class Dropout(Dropout):
    def backward(self, dout):
        return dout * (self.mask > 0)
