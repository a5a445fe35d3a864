"""Networks: layers in an OrderedDict, and a loss layer."""

from networks.deep_conv_net import DeepConvNet
from networks.export.from_safetensors import from_safetensors
from networks.files.model_file import ModelFileError
from networks.multi_layer_net import MultiLayerNet
from networks.network import Network
from networks.residual_net import ResidualNet
from networks.simple_conv_net import SimpleConvNet
from networks.two_layer_net import TwoLayerNet

__all__ = [
    "DeepConvNet",
    "ModelFileError",
    "MultiLayerNet",
    "Network",
    "ResidualNet",
    "SimpleConvNet",
    "TwoLayerNet",
    "from_safetensors",
]
