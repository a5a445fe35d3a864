import os

DATA_DIR = os.environ.get("HW3_DATA", "./cifar-10-batches-py")
HIDDEN = 16
WEIGHT_SCALE = 0.3
REG = 0.1
