from dz.core import Function, Variable, as_variable, set_operators, using_config
import dz.functions

set_operators()
