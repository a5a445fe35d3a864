def out_size(n, f, pad, stride):
    if (n + 2 * pad - f) % stride:
        raise ValueError, "%d does not fit %d/%d" % (n, f, stride)
    return (n + 2 * pad - f) / stride + 1
