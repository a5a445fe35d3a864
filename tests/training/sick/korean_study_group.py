"""A Korean study group's loops around one network: sinkyeongmang is the network, haksup learning, sonsil the loss,
jeongdap the right answer. W1, b1, ... are attributes; what goes wrong is which samples come when, and which there are.
"""

import numpy as np

from datasets import circles, load_digits, load_mnist
from trainings import loop, sick

(x_train, t_train), (x_test, t_test) = load_digits()


class SinKyeongMang:
    def __init__(self, input_size=64, hidden_size=40, output_size=10, seed=0, class_weight=None):
        rng = np.random.RandomState(seed)
        self.W1 = (rng.randn(input_size, hidden_size) / np.sqrt(input_size)).astype("float32")
        self.b1 = np.zeros(hidden_size, dtype="float32")
        self.W2 = (rng.randn(hidden_size, output_size) / np.sqrt(hidden_size)).astype("float32")
        self.b2 = np.zeros(output_size, dtype="float32")
        self.class_weight = (
            np.ones(output_size, "float32") if class_weight is None else np.array(class_weight, "float32")
        )

    @property
    def params(self):
        return {"W1": self.W1, "b1": self.b1, "W2": self.W2, "b2": self.b2}

    def predict(self, x):
        self.h = np.maximum(0, x @ self.W1 + self.b1)
        s = self.h @ self.W2 + self.b2
        s = s - s.max(axis=1, keepdims=True)
        return np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)

    def loss(self, x, jeongdap):
        y = self.predict(x)[np.arange(len(x)), jeongdap]
        return float(-(self.class_weight[jeongdap] * np.log(y + 1e-30)).mean())

    def gradient(self, x, jeongdap):
        ds = self.predict(x)
        ds[np.arange(len(x)), jeongdap] -= 1
        ds *= (self.class_weight[jeongdap] / len(x))[:, None]
        dh = ds @ self.W2.T * (self.h > 0)
        return {"W1": x.T @ dh, "b1": dh.sum(axis=0), "W2": self.h.T @ ds, "b2": ds.sum(axis=0)}

    def accuracy(self, x, jeongdap):
        return float((self.predict(x).argmax(axis=1) == jeongdap).mean())


class GyeongsaHagang:
    """Gradient descent."""

    def __init__(self, haksupryul):
        self.lr = haksupryul

    def update(self, params, grads):
        for name in params:
            params[name] -= self.lr * grads[name]


def haksup(mang, batches, lr=0.3, data=(x_train, t_train), test=(x_test, t_test)):
    """Train on the rows that batches yields."""
    hagang, sonsil = GyeongsaHagang(lr), []
    for rows in batches:
        x, t = data[0][rows], data[1][rows]
        grads = mang.gradient(x, t)
        sonsil.append(mang.loss(x, t))
        hagang.update(mang.params, grads)
    return loop(mang, *data, *test, optimizer=hagang, losses=sonsil)


def shuffled(n, size, epochs, seed=0):
    rng = np.random.RandomState(seed)
    for _ in range(epochs):
        order = rng.permutation(n)
        for start in range(0, n, size):
            yield order[start : start + size]


@sick("stale-data", also=("overfitting", "plateau"))
def first_fifty_rows_in_every_step():
    return haksup(SinKyeongMang(), (slice(0, 50) for _ in range(400)))


@sick("stale-data", also=("overfitting", "plateau"))
def rows_that_start_again_after_four_batches():
    return haksup(SinKyeongMang(), (np.arange(20) + 20 * (step % 4) for step in range(600)))


@sick("stale-data", also=("overfitting", "plateau"), needs="mnist")
def seed_set_again_in_every_step():
    (x, t), (x_val, t_val) = load_mnist(normalize=False)
    data, test = (x[:1500] / np.float32(255), t[:1500]), (x_val[:300] / np.float32(255), t_val[:300])
    batches = (np.random.RandomState(0).choice(1500, 60) for _ in range(150))
    return haksup(SinKyeongMang(784), batches, data=data, test=test)


@sick("stale-data", also=("one-answer", "underfitting", "noisy"))
def sorted_by_digit_and_read_from_the_front():
    order = np.argsort(t_train, kind="stable")
    rows = (np.arange(start, start + 30) for _ in range(8) for start in range(0, 1410, 30))
    return haksup(SinKyeongMang(), rows, data=(x_train[order], t_train[order]))


@sick("leak", also=("plateau", "overfitting"))
def test_set_concatenated_to_the_training_set():
    x, t = np.concatenate([x_train[:500], x_test]), np.concatenate([t_train[:500], t_test])
    return haksup(SinKyeongMang(), shuffled(859, 50, 25), data=(x, t))


@sick("leak", also=("plateau", "overfitting"))
def both_sets_chosen_from_all_rows():
    rng = np.random.RandomState(4)
    train, test = rng.choice(1438, 900), rng.choice(1438, 300)
    data, held_out = (x_train[train], t_train[train]), (x_train[test], t_train[test])
    return haksup(SinKyeongMang(), shuffled(900, 50, 20), data=data, test=held_out)


@sick(("imbalanced", "one-answer"), also=("underfitting", "unfinished", "not-learning", "learning-rate-too-low"))
def nearly_only_zeros():
    rare = np.random.RandomState(1).choice(np.flatnonzero(t_train), 18, replace=False)
    rows = np.concatenate([np.flatnonzero(t_train == 0), np.flatnonzero(t_train == 0), rare])
    batches = shuffled(len(rows), 20, 6)
    return haksup(SinKyeongMang(), batches, lr=0.05, data=(x_train[rows], t_train[rows]))


@sick("one-answer", also=("underfitting", "not-learning", "plateau", "learning-rate-too-low"))
def class_weight_of_30_against_nothing():
    data, test = circles(400, noise=0.3, seed=1), circles(200, noise=0.3, seed=2)
    mang = SinKyeongMang(2, 12, 2, class_weight=(1.0, 30.0))
    return haksup(mang, shuffled(400, 40, 20), lr=0.02, data=data, test=test)


@sick("labels-unrelated", also=("overfitting",))
def images_and_labels_shuffled_with_two_seeds():
    x, t = x_train[:200], t_train[:200]
    data = x[np.random.RandomState(1).permutation(200)], t[np.random.RandomState(2).permutation(200)]
    return haksup(SinKyeongMang(hidden_size=150), shuffled(200, 20, 150), lr=0.5, data=data)


@sick(("batch-too-small", "noisy", "learning-rate-too-high"), also=("underfitting", "dead-units"))
def one_sample_at_a_time_with_rate_03():
    return haksup(SinKyeongMang(), shuffled(1438, 1, 1), lr=0.3)


@sick(("noisy", "batch-too-small", "learning-rate-too-high"), also=("underfitting",))
def two_samples_at_a_time_in_the_overlap_of_circles():
    data, test = circles(300, noise=0.15, seed=1), circles(200, noise=0.15, seed=2)
    return haksup(SinKyeongMang(2, 20, 2), shuffled(300, 2, 12), lr=1.5, data=data, test=test)


@sick("dead-units", also=("not-learning", "one-answer", "not-updated"))
def weights_of_minus_rand():
    mang = SinKyeongMang()
    mang.W1[:] = -np.abs(mang.W1)
    return haksup(mang, shuffled(1438, 100, 20))


@sick("dead-units", also=("underfitting", "not-updated", "plateau"))
def thirty_six_of_forty_units_dead():
    mang = SinKyeongMang()
    mang.b1[:36] = -8
    return haksup(mang, shuffled(1438, 100, 30))


@sick("plateau", also=("overfitting",))
def four_hundred_epochs_of_zeros_and_sixes():
    rows, held_out = np.flatnonzero(np.isin(t_train, (0, 6))), np.isin(t_test, (0, 6))
    data, test = (x_train[rows], t_train[rows]), (x_test[held_out], t_test[held_out])
    return haksup(SinKyeongMang(), shuffled(len(rows), 50, 400), data=data, test=test)
