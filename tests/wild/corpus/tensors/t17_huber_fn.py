import torch


class HuberLoss(torch.autograd.Function):
    """Huber-Verlust mit Schwelle delta, Mittelwert; kein Gradient fuer das Ziel noetig"""

    @staticmethod
    def forward(ctx, eingabe, ziel, delta=1.0):
        diff = eingabe - ziel
        ctx.delta = delta
        ctx.save_for_backward(diff)
        klein = diff.abs() <= delta
        wert = torch.where(klein, 0.5 * diff ** 2, delta * (diff.abs() - 0.5 * delta))
        return wert.mean()

    @staticmethod
    def backward(ctx, g):
        diff, = ctx.saved_tensors
        grad = diff.clamp(-ctx.delta, ctx.delta) / diff.numel()
        return g * grad, None, None
