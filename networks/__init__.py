"""Networks: layers in an OrderedDict, and a loss layer."""

from networks.model_file import ModelFileError
from networks.network import Network
from networks.two_layer_net import TwoLayerNet

__all__ = ["ModelFileError", "Network", "TwoLayerNet"]
