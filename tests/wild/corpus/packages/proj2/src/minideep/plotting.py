import seaborn as sns
import pandas as pd
import matplotlib.pyplot as plt

sns.set_theme()


def plot_history(h):
    sns.lineplot(data=pd.DataFrame(h))
    plt.show()


def show_filters(w):
    fig, axes = plt.subplots(1, len(w))
    for a, k in zip(axes, w):
        a.imshow(k[0], cmap="gray")
