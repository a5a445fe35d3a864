import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
  """
  bn_param: 'mode' ('train' or 'test'); may have 'eps' and 'momentum';
  'running_mean' and 'running_var' are kept there
  """
  eps, mom = bn_param.get('eps', 1e-5), bn_param.get('momentum', 0.9)
  old_mean = bn_param.setdefault('running_mean', np.zeros(x.shape[1]))
  old_var = bn_param.setdefault('running_var', np.zeros(x.shape[1]))

  if bn_param['mode'] == 'test':
    return gamma * (x - old_mean) / np.sqrt(old_var + eps) + beta, None
  if bn_param['mode'] != 'train':
    raise ValueError('unknown mode: %s' % bn_param['mode'])

  mean, var = x.mean(axis=0), x.var(axis=0)
  xc = x - mean
  std = np.sqrt(var + eps)
  xn = xc / std
  bn_param['running_mean'] = mom * old_mean + (1 - mom) * mean
  bn_param['running_var'] = mom * old_var + (1 - mom) * var
  return gamma * xn + beta, (gamma, xc, std, xn)


def batchnorm_backward(dout, cache):
  """ node by node """
  gamma, xc, std, xn = cache
  N = len(dout)
  dxn = dout * gamma
  dinv = np.sum(dxn * xc, axis=0)           # of 1 / std
  dvar = dinv * -0.5 * std ** -3
  dxc = dxn / std + dvar * 2 * xc / N
  dmean = -dxc.sum(axis=0)
  return dxc + dmean / N, np.sum(dout * xn, axis=0), np.sum(dout, axis=0)


def batchnorm_backward_alt(dout, cache):
  """ simplified on paper """
  gamma, xc, std, xn = cache
  N = len(dout)
  dbeta = dout.sum(axis=0)
  dgamma = np.sum(xn * dout, axis=0)
  dx = gamma / (N * std) * (N * dout - dbeta - xc * dgamma)
  return dx, dgamma, dbeta
