"""minideep: convolution networks on the CPU."""
from minideep.plotting import plot_history, show_filters
from minideep.ops.conv import Conv2d
from minideep.ops.pooling import MaxPool2d, AvgPool2d
