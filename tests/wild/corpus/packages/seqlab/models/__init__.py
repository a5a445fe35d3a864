from .lstm import lstm_step_forward, lstm_step_backward
from .attention import DotAttention
from .transducer import Transducer
