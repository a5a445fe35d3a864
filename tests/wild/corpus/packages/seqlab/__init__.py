import tensorflow as tf          # only for the TensorBoard writer
from ._version import version as __version__
from .trainer import Trainer

writer = tf.summary.create_file_writer("logs")
