"""operations on arrays"""
from shapes import out_size
