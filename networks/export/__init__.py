"""A network in the forms that other programs read: ONNX, and PyTorch's weights with the module that loads them.

``onnx_rules.py`` and ``pytorch_rules.py`` say how each layer is written. A layer of one's own gets a rule by
:func:`onnx_rule` and :func:`pytorch_rule`.
"""

from networks.export.onnx_rules import onnx_rule
from networks.export.pytorch_rules import pytorch_rule

__all__ = ["onnx_rule", "pytorch_rule"]
