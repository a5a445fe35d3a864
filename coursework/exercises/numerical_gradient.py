# %% [markdown]
# # The numerical gradient
#
# A derivative says how fast a value changes: if x grows by a small h, then f(x) grows by about f'(x) h. So the
# derivative can be measured. Move x a little, see how much f changes, and divide by the length of the move.
#
# There are two ways to move. The **forward difference** goes from x to x + h:
#
# $$\frac{f(x + h) - f(x)}{h}$$
#
# The **central difference** goes from x - h to x + h, a way of length 2h with x in its middle:
#
# $$\frac{f(x + h) - f(x - h)}{2h}$$
#
# ```
#     x - h          x          x + h
#  -----o------------o------------o-----
#       |                 forward |
#       |            |<---------->|      h
#       |<------- central ------->|      2h
# ```
#
# One number by hand: $f(x) = x^2$ has the derivative 2x, which is 6 at x = 3. With h = 0.1, the forward difference is
# (9.61 - 9) / 0.1 = 6.1, since 9.61 is the square of 3.1. The central difference is (9.61 - 8.41) / 0.2 = 6, since 8.41
# is the square of 2.9. What the forward difference gets wrong on one side, the central difference gets wrong on both
# sides, and it cancels.
#
# How small should h be? With a large h, f bends too much on the way. With a very small one, such as 1e-20, x + h is
# x itself: a float keeps some 16 digits. Values from 1e-4 to 1e-6 are good.
#
# ## Many variables
#
# The loss of a network depends on many numbers. The **gradient** collects one derivative for each of them: how fast f
# changes when this number moves *and all others stay where they are*.
#
# | array | shape | |
# |---|---|---|
# | `x` | any, for example (D,) or (D, M) | where the gradient is wanted |
# | `f(x)` | one number | |
# | gradient | that of `x` | element i is the derivative of f with respect to element i of x |
#
# By hand once more: $f(x) = x_0^2 + 5 x_1$ at x = (3, 4). Moving only $x_0$ gives 6 as above. Moving only $x_1$ by 0.1
# in both directions gives (29.5 - 28.5) / 0.2 = 5. The gradient is (6, 5).
#
# A function may also read x by itself, as the loss of a network reads its weights. It is therefore usual to move the
# elements of the array x itself, and to set each of them back before the next one is moved.
#
# The numerical gradient is slow, since it calls f twice for each element. But it is so simple that it can be trusted,
# and you will use it to check every `backward` that you write.
#
# **Your task:** write `numerical_gradient(f, x)`, by central differences. x is an array of floats of any shape; when
# the function is done, x holds the same values as before.

# %%
import numpy as np


def numerical_gradient(f, x):
    """Return the gradient of f at x, an array of x's shape; f takes an array like x and returns one number."""
    ### BEGIN SOLUTION
    h = 1e-5
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        original = x[index]
        x[index] = original + h
        above = f(x)
        x[index] = original - h
        below = f(x)
        x[index] = original
        gradient[index] = (above - below) / (2 * h)
    return gradient
    ### END SOLUTION


# %% [markdown] tags=["hints"] part="gradient"
# 1. Begin with an array of zeros in the shape of x, and fill in one element after the other.
# 2. For each element you need two values of f: one with this element moved up by h, one with it moved down by h. All
#    other elements stay as they are.
# 3. Move one element of x to its value plus h and call f(x), then to its value minus h and call f(x) again. The
#    difference, divided by 2h, is this element's derivative.

# %% [markdown] tags=["hints"] part="any_shape"
# 1. `x[0]` is a number only if x has one axis. What is it for a matrix?
# 2. You need an index that reaches single numbers, whatever the shape is.
# 3. `np.ndindex(x.shape)` runs through all indices: (0, 0), (0, 1), ... for a matrix. Both x and the gradient take such
#    an index.

# %% [markdown] tags=["hints"] part="unchanged"
# 1. What is in x after your loop, and who else may be using this array?
# 2. An element that was moved has to go back before the next one is moved.
# 3. Keep the element's value in a variable before you move it, and put it back after the second call of f.

# %% [markdown] tags=["hints"] part="central"
# 1. Where do the two values of f come from? x should lie in the middle between them.
# 2. The forward difference compares f(x + h) with f(x). The central difference does not need f(x) at all.
# 3. Compare f(x + h) with f(x - h): these two points are 2h apart.

# %% tags=["questions"]
import numpy as np

from coursework.questions import Question
from language import N_, _

ASKED = (  # what the cell that asks calls its arrays, and what it raises: it runs where there are no translations
    *(N_("for a matrix"), N_("for an array of three axes")),
    N_("f was called too few times: x has more elements"),
)


def away_from_zero(rng, shape):
    return rng.uniform(0.5, 1.5, size=shape) * rng.choice([-1.0, 1.0], size=shape)


def arguments_of_shape(rng, shape):
    return {"x": away_from_zero(rng, shape), "a": rng.uniform(1, 2, size=shape), "b": rng.uniform(1, 2, size=shape)}


def draw(rng):
    return arguments_of_shape(rng, (int(rng.integers(3, 7)),))


def draw_shapes(rng):
    n, m, k = rng.permutation([2, 3, 4]).tolist()
    return {"matrix": arguments_of_shape(rng, (n, m)), "cube": arguments_of_shape(rng, (m, n, k))}


def judge_unchanged(part, answer, expected, arguments):
    if not isinstance(answer, np.ndarray) or answer.shape != expected.shape or answer.dtype.kind not in "biuf":
        return _("x is no array of its former shape any more")
    moved = int(np.count_nonzero(answer != 0))
    said = _("{moved} of the {size} elements of x are not what they were before", moved=moved, size=answer.size)
    return said if moved else ""


QUESTIONS = [
    Question("numerical_gradient", {"gradient": 3}, draw, "ask_gradient", tolerance=1e-3),
    Question("numerical_gradient", {"any_shape": 3}, draw_shapes, "ask_any_shape", tolerance=1e-3),
    Question("numerical_gradient", {"unchanged": 2}, draw, "ask_unchanged", judge=judge_unchanged),
    Question("numerical_gradient", {"central": 2}, draw, "ask_central", tolerance=1e-3),
]

# %% tags=["asked"]
import numpy as np


def cubic(a, b):
    """Return a function that sees x only through what it is called with."""
    return lambda z: float((a * z**3).sum() + (b * z).sum())


def ask_gradient(work, answers, x, a, b):
    answers["gradient"] = work.numerical_gradient(cubic(a, b), x)


def ask_any_shape(work, answers, matrix, cube):
    answers["any_shape"] = {
        "for a matrix": work.numerical_gradient(cubic(matrix["a"], matrix["b"]), matrix["x"]),
        "for an array of three axes": work.numerical_gradient(cubic(cube["a"], cube["b"]), cube["x"]),
    }


def ask_unchanged(work, answers, x, a, b):
    """Answer which elements of x have moved, and in which direction, however long the step is."""
    f, calls, before = cubic(a, b), [], x.copy()

    def counted(z):
        calls.append(None)
        return f(z)

    work.numerical_gradient(counted, x)
    if len(calls) <= x.size:
        raise ValueError("f was called too few times: x has more elements")
    answers["unchanged"] = np.where(np.abs(x - before) > 1e-12, np.sign(x - before), 0.0)


def ask_central(work, answers, x, a, b):
    """Answer the gradient at a corner, whose slope is a + b on the right and b on the left."""
    corner = x.copy()
    answers["central"] = work.numerical_gradient(
        lambda z: float((b * (z - corner)).sum() + (a * np.maximum(z - corner, 0)).sum()), x
    )


# %% tags=["wrong"] name="forward-difference" part="central"
# This is the forward difference: it compares f(x + h) with f(x). The central difference takes a point on each side of
# x.
def numerical_gradient(f, x):
    h = 1e-5
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        original = x[index]
        x[index] = original + h
        above = f(x)
        x[index] = original
        gradient[index] = (above - f(x)) / h
    return gradient


# %% tags=["wrong"] name="backward-difference" part="central"
# This compares f(x) with f(x - h). The central difference takes a point on each side of x.
def numerical_gradient(f, x):
    h = 1e-5
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        original = x[index]
        x[index] = original - h
        below = f(x)
        x[index] = original
        gradient[index] = (f(x) - below) / h
    return gradient


# %% tags=["wrong"] name="constant-factor" part="gradient any_shape central"
# The gradient is twice as large as it should be: from x - h to x + h the way is 2h long, and not h.
correct = numerical_gradient


def numerical_gradient(f, x):
    return 2 * correct(f, x)


# %% tags=["wrong"] name="one-step-back" part="gradient any_shape central"
# The two points are only h apart and the difference is divided by 2h. From x + h, it takes 2h to get to x - h.
def numerical_gradient(f, x):
    h = 1e-5
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += h
        above = f(x)
        x[index] -= h
        gradient[index] = (above - f(x)) / (2 * h)
    return gradient


# %% tags=["wrong"] name="sign-flipped" part="gradient any_shape central"
# The sign is wrong: the value at x - h is subtracted from the value at x + h, and not the other way round.
correct = numerical_gradient


def numerical_gradient(f, x):
    return -correct(f, x)


# %% tags=["wrong"] name="not-restored" part="unchanged"
# The elements of x stay where they were moved to last. Set each of them back before the next one is moved.
def numerical_gradient(f, x):
    h = 1e-5
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        original = x[index]
        x[index] = original + h
        above = f(x)
        x[index] = original - h
        gradient[index] = (above - f(x)) / (2 * h)
    return gradient


# %% tags=["wrong"] name="almost-zero" part="gradient any_shape central"
# The gradient is 0 or almost 0 everywhere. Look for a step so small that x + h is rounded to x, for an array that is
# moved while f is called with another, or for `/ 2 * h` where `/ (2 * h)` is meant.
def numerical_gradient(f, x):
    h = 1e-50
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        original = x[index]
        x[index] = original + h
        above = f(x)
        x[index] = original - h
        gradient[index] = (above - f(x)) / (2 * h)
        x[index] = original
    return gradient


# %% tags=["wrong"] name="all-at-once" part="gradient any_shape unchanged central"
# All elements are moved together, which gives one number: the sum of the gradient. Move one element at a time.
def numerical_gradient(f, x):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


# %% tags=["wrong"] name="all-at-once" part="gradient any_shape unchanged central"
# All elements are moved together, so that each gets the sum of the gradient. Move one element at a time.
def numerical_gradient(f, x):
    h = 1e-5
    return np.full_like(x, (f(x + h) - f(x - h)) / (2 * h))


# %% tags=["wrong"] name="rows-at-once" part="any_shape"
# An index such as x[0] reaches a whole row of a matrix, so that all elements of the row are moved together. The index
# has to reach one number, whatever the shape of x is.
def numerical_gradient(f, x):
    h = 1e-5
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        original = x[i].copy()
        x[i] = original + h
        above = f(x)
        x[i] = original - h
        below = f(x)
        x[i] = original
        gradient[i] = (above - below) / (2 * h)
    return gradient


# %% tags=["wrong"] name="rows-at-once" part="any_shape"
# An index such as x[0] reaches a whole row of a matrix, and not one number. What is kept of it before the move is no
# copy: it moves along with x.
def numerical_gradient(f, x):
    h = 1e-5
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        original = x[i]
        x[i] = original + h
        above = f(x)
        x[i] = original - h
        below = f(x)
        x[i] = original
        gradient[i] = (above - below) / (2 * h)
    return gradient


# %% tags=["wrong"] name="first-axis-only" part="any_shape"
# The index runs over a length as if x had one axis. It has to run over all axes of x.
def numerical_gradient(f, x):
    h = 1e-5
    gradient = np.zeros_like(x)
    for i in range(x.size):
        original = np.copy(x[i])
        x[i] = original + h
        above = f(x)
        x[i] = original - h
        below = f(x)
        x[i] = original
        gradient[i] = (above - below) / (2 * h)
    return gradient


# %% tags=["wrong"] name="wrong-shape" part="any_shape"
# The gradient is flat: all values are there, but in one axis. It must have the shape of x.
correct = numerical_gradient


def numerical_gradient(f, x):
    return correct(f, x).ravel()


# %% tags=["wrong"] name="two-axes-only" part="gradient any_shape unchanged central"
# Two nested loops reach the elements of a matrix, and of nothing else. The index has to have as many parts as x has
# axes.
def numerical_gradient(f, x):
    h = 1e-5
    gradient = np.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            original = x[i, j]
            x[i, j] = original + h
            above = f(x)
            x[i, j] = original - h
            below = f(x)
            x[i, j] = original
            gradient[i, j] = (above - below) / (2 * h)
    return gradient


# %% tags=["wrong"] name="element-alone" part="gradient any_shape central"
# f is called with one element of x. It takes the whole array, in which this element has moved and all others have not.
def numerical_gradient(f, x):
    h = 1e-5
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        gradient[i] = (f(x[i] + h) - f(x[i] - h)) / (2 * h)
    return gradient


# %% tags=["wrong"] name="not-computed" part="gradient any_shape central"
# The function returns nothing: it ends without `return`, or with a `return` that has no value.
correct = numerical_gradient


def numerical_gradient(f, x):
    correct(f, x)
