import numpy as np

# windows of a batch as rows and back again

def get_im2col_indices(shape, k, pad, stride):
    N, C, H, W = shape
    assert (H + 2 * pad - k) % stride == 0, 'height does not fit'
    assert (W + 2 * pad - k) % stride == 0, 'width does not fit'
    out_h = (H + 2 * pad - k) / stride + 1
    out_w = (W + 2 * pad - k) / stride + 1
    i0 = np.tile(np.repeat(np.arange(k), k), C)
    j0 = np.tile(np.arange(k), k * C)
    i = i0.reshape(-1, 1) + stride * np.repeat(np.arange(out_h), out_w)
    j = j0.reshape(-1, 1) + stride * np.tile(np.arange(out_w), out_h)
    c = np.repeat(np.arange(C), k * k).reshape(-1, 1)
    return c, i, j, out_h, out_w


def im2col(x, k, pad=1, stride=1, verbose=False):
    p = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
    c, i, j, out_h, out_w = get_im2col_indices(x.shape, k, pad, stride)
    cols = p[:, c, i, j]
    if verbose:
        print 'im2col: %s -> %s' % (x.shape, cols.shape)
    return cols.transpose(1, 2, 0).reshape(k * k * x.shape[1], -1), out_h, out_w


def col2im(cols, shape, k, pad=1, stride=1):
    N, C, H, W = shape
    p = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=cols.dtype)
    c, i, j, _, _ = get_im2col_indices(shape, k, pad, stride)
    np.add.at(p, (slice(None), c, i, j), cols.reshape(C * k * k, -1, N).transpose(2, 0, 1))
    if pad == 0:
        return p
    return p[:, :, pad:-pad, pad:-pad]
