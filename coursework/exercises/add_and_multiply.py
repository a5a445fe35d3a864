# %% [markdown]
# # Addition and multiplication: backward on a graph
#
# A **computational graph** shows a calculation as nodes and edges. Each node does one small step, and the values move
# along the edges from left to right: this is **forward**. Here is a phone bill: 5 GB at 2 per GB, a base fee of 12 on
# top, for 3 months.
#
# ```
#  data  5 ---\
#              (*)-- 10 --\
#  price 2 ---/            (+)-- 22 --\
#  base 12 ---------------/            (*)-- 66  total
#  months 3 --------------------------/
# ```
#
# How much does the total grow when the price per GB grows by 1? The chain rule answers this for every edge at once,
# when we go through the graph from right to left: this is **backward**. We begin at the end with 1, the slope of the
# total with respect to itself. Each node then receives `dout`, which says how fast the final result changes with the
# node's *output*, and passes on how fast it changes with each of the node's *inputs*.
#
# All that a node needs for this is its own slope, the **local gradient**:
#
# $$dx = dout \cdot \frac{\partial z}{\partial x} \qquad dy = dout \cdot \frac{\partial z}{\partial y}$$
#
# | node | forward | local gradients | backward |
# |---|---|---|---|
# | addition | z = x + y | 1 and 1 | dx = dout, dy = dout |
# | multiplication | z = x y | y and x | dx = dout y, dy = dout x |
#
# An addition passes dout on as it came: if x grows by 1, so does x + y. A multiplication multiplies it with *the other*
# input: if x grows by 1, then x y grows by y. This is why a multiplication must remember its inputs in forward.
#
# The phone bill by hand, from right to left. The last node has the inputs 22 and 3 and receives 1: it passes 1 * 3 = 3
# to the addition, and 1 * 22 = 22 to the months. The addition passes 3 on to both sides. The first node has the inputs
# 5 and 2 and receives 3: it passes 3 * 2 = 6 to the data, and 3 * 5 = 15 to the price.
#
# ```
#  data  6 <---\
#               (*)<-- 3 --\
#  price 15 <--/            (+)<-- 3 --\
#  base  3 <---------------/            (*)<-- 1
#  months 22 <-------------------------/
# ```
#
# And indeed, with one more for each GB the bill is 15 higher: 5 GB in each of 3 months.
#
# The same works for arrays: x, y, the output and dout have one shape, and all is done element by element.
#
# **Your task:** write the nodes `Add` and `Multiply`. `forward(x, y)` returns the output; `backward(dout)` returns dx
# and dy, in this order.

# %%


class Add:
    """Addition, z = x + y."""

    def forward(self, x, y):
        """Return z; x, y and z have the same shape."""
        ### BEGIN SOLUTION
        return x + y
        ### END SOLUTION

    def backward(self, dout):
        """Return dx and dy, each in dout's shape."""
        ### BEGIN SOLUTION
        return dout, dout
        ### END SOLUTION


# %%


class Multiply:
    """Multiplication element by element, z = x * y."""

    def forward(self, x, y):
        """Return z; x, y and z have the same shape."""
        ### BEGIN SOLUTION
        self.x, self.y = x, y
        return x * y
        ### END SOLUTION

    def backward(self, dout):
        """Return dx and dy, each in dout's shape."""
        ### BEGIN SOLUTION
        return dout * self.y, dout * self.x
        ### END SOLUTION


# %% [markdown]
# The nodes make up the graph above: forward in order, backward in reverse order, each node with what the node behind it
# passes on. When your nodes are ready, `phone_bill(5, 2, 12, 3)` returns 66 and the gradients 6, 15, 3 and 22.

# %% tags=["given"]


def phone_bill(data, price, base, months):
    """Return the total, and its gradients with respect to data, price, base and months."""
    usage, month, total = Multiply(), Add(), Multiply()

    cost = usage.forward(data, price)
    fee = month.forward(cost, base)
    result = total.forward(fee, months)

    dfee, dmonths = total.backward(1.0)
    dcost, dbase = month.backward(dfee)
    ddata, dprice = usage.backward(dcost)
    return result, (ddata, dprice, dbase, dmonths)


# %% [markdown] tags=["hints"] part="forward"
# 1. Forward is the plain calculation: what does the node's name say?
# 2. Backward of the multiplication is given dout alone. What else will it need, and who has seen it last?
# 3. `Multiply` keeps both inputs as attributes, `self.x` and `self.y`, before it returns their product.

# %% [markdown] tags=["hints"] part="dx dy"
# 1. Make one input larger by 1 and leave the other as it is. By how much does the output grow? This number, times dout,
#    is the gradient of that input.
# 2. For 5 + 2 the output grows by 1, whichever input it is. For 5 * 2 it grows by 2 if the 5 becomes a 6, and by 5 if
#    the 2 becomes a 3.
# 3. The addition returns dout twice. The multiplication returns dout times the second input, then dout times the first.

# %% tags=["questions"]
from coursework.questions import Layer


def draw(rng):
    shapes = [(1, 4), (3,), (2, 5), (4, 3)]
    shape = shapes[rng.integers(len(shapes))]
    return {}, (rng.uniform(0.5, 3, size=shape) * rng.choice([-1.0, 1.0], size=shape), rng.normal(size=shape))


QUESTIONS = [
    Layer("Add", {"forward": 1, "dx": 1, "dy": 1}, draw, gradients=("dx", "dy")),
    Layer("Multiply", {"forward": 1, "dx": 2, "dy": 2}, draw, gradients=("dx", "dy")),
]


# %% tags=["wrong"] name="ignores-dout" part="dx dy"
# The node passes on its local gradient alone. The chain rule multiplies it with dout, which came from behind.
class Add(Add):
    def backward(self, dout):
        return dout * 0 + 1, dout * 0 + 1


# %% tags=["wrong"] name="ignores-dout" part="dx dy"
# The node passes on its local gradient alone. The chain rule multiplies it with dout, which came from behind.
class Multiply(Multiply):
    def backward(self, dout):
        return self.y, self.x


# %% tags=["wrong"] name="not-split" part="dx dy"
# The addition gives half of dout to each input. It does not share dout out: if one input grows by 1, the sum grows by
# all of it.
class Add(Add):
    def backward(self, dout):
        return dout / 2, dout / 2


# %% tags=["wrong"] name="like-multiplication" part="dx dy"
# The addition multiplies dout with its inputs, as a multiplication does. The slope of x + y is 1, whatever the inputs
# are.
class Add(Add):
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y

    def backward(self, dout):
        return dout * self.y, dout * self.x


# %% tags=["wrong"] name="like-addition" part="dx dy"
# The multiplication passes dout on as it came, as an addition does. The slope of x y towards one input is the other
# input.
class Multiply(Multiply):
    def backward(self, dout):
        return dout, dout


# %% tags=["wrong"] name="same-for-both" part="dy"
# dy is computed as dx is, from y. The slope of x y towards y is the other input, x.
class Multiply(Multiply):
    def backward(self, dout):
        return dout * self.y, dout * self.y


# %% tags=["wrong"] name="same-for-both" part="dx"
# dx is computed as dy is, from x. The slope of x y towards x is the other input, y.
class Multiply(Multiply):
    def backward(self, dout):
        return dout * self.x, dout * self.x


# %% tags=["wrong"] name="swapped" part="dx dy"
# The two gradients are exchanged: if x grows by 1, then x y grows by y. Each input's gradient takes the other input.
class Multiply(Multiply):
    def backward(self, dout):
        return dout * self.x, dout * self.y


# %% tags=["wrong"] name="output-for-input" part="dx dy"
# dout is multiplied with the output x y. The slope of x y towards one input is the other input alone.
class Multiply(Multiply):
    def backward(self, dout):
        return dout * self.x * self.y, dout * self.x * self.y


# %% tags=["wrong"] name="sum-for-product" part="forward"
# The multiplication adds its inputs in forward.
class Multiply(Multiply):
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y


# %% tags=["wrong"] name="matrix-product" part="forward"
# The inputs are multiplied as matrices. This node multiplies element by element, which is `*` in NumPy.
class Multiply(Multiply):
    def forward(self, x, y):
        super().forward(x, y)
        return x @ y.T


# %% tags=["wrong"] name="not-computed" part="dy"
# Only one gradient is returned. The node has two inputs, and each of them has a gradient, dx and dy.
class Add(Add):
    def backward(self, dout):
        return dout


# %% tags=["wrong"] name="not-computed" part="dx dy"
# The gradients of both inputs are put together into one value. Each input has a gradient of its own, dx and dy.
class Add(Add):
    def backward(self, dout):
        return dout + dout
