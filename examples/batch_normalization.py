"""Batch normalisation against initialisation: with it, a network learns however large its weights begin.

::

    y = gamma (x - mean) / sqrt(var + eps) + beta        mean and variance of each unit over the batch

The picture shows six networks of five hidden layers, alike but for the standard deviation of their first weights.
Plain, a network learns in a narrow range around He's, here 0.14; below, signals vanish, and above, they explode.
With batch normalisation every layer gets inputs of the same size, whatever the weights before it: nearly all of
them learn, and the good ones learn faster.

The experiment is that of *Deep Learning from Scratch*, chapter 6.3. The digits are MNIST where it is on this
machine, else the embedded ones.

Source: S. Ioffe, C. Szegedy, "Batch Normalization", ICML 2015.
"""

from contextlib import suppress

from datasets.opening import open_available
from networks import MultiLayerNet
from picture import LINES, leave, new_figure
from training import SGD, Trainer, TrainingDiverged

SAMPLES, EPOCHS = 1000, 20
SCALES = (1.0, 0.3, 0.1, 0.03, 0.01, 0.001)
KINDS = {"with batch normalisation": True, "plain": False}


def accuracies(data, scale, normalize):
    """Return the training accuracy in percent after each epoch; a training that diverges ends early."""
    network = MultiLayerNet(
        data.x_train.shape[1], [100] * 5, data.classes, weight_init_std=scale, use_batchnorm=normalize, seed=0
    )
    samples = data.x_train[:SAMPLES], data.t_train[:SAMPLES]
    trainer = Trainer(network, *samples, *samples, optimizer=SGD(lr=0.05), epochs=EPOCHS, batch_size=100, seed=0)
    with suppress(TrainingDiverged):
        trainer.train()
    return [100 * record["train_accuracy"] for record in trainer.history]


def draw():
    """Train twelve times, and return the figure."""
    data = open_available()
    figure, grid = new_figure("Batch normalisation forgives a bad start", 2, 3, 5.8, sharex=True, sharey=True)
    best = dict.fromkeys(KINDS, 0)
    for axes, scale in zip(grid.flat, SCALES, strict=True):
        for (name, normalize), line in zip(KINDS.items(), LINES, strict=False):
            percent = accuracies(data, scale, normalize)
            axes.plot(range(1, len(percent) + 1), percent, **line, markevery=3, label=name)
            best[name] += len(percent) == EPOCHS and percent[-1] > 90
            if len(percent) < EPOCHS:
                axes.text(EPOCHS, 6, f"{name}: diverges", color=line["color"], ha="right")
        axes.set(title=f"std of the weights {scale:g}", ylim=(0, 104))
        axes.set_xlabel("epoch" if axes in grid[1] else "")
    figure.supylabel("training accuracy (%)", fontsize=12)
    figure.legend(*grid[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    for name, count in best.items():
        print(f"{data.name}, {name}: {count} of {len(SCALES)} starts lead to a training accuracy above 90 %")
    return figure


if __name__ == "__main__":
    leave(draw)
