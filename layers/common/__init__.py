"""What the layers share: the base class, the checks around forward and backward, and the windows of image layers."""
