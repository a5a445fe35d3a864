import numpy as np

# Verlust fuer weiche Zielverteilungen (z.B. bei Knowledge Distillation).
# Jede Zeile von ground_truth ist eine Wahrscheinlichkeitsverteilung.

def log_softmax(logits):
    verschoben = logits - logits.max(axis=1, keepdims=True)
    return verschoben - np.log(np.exp(verschoben).sum(axis=1, keepdims=True))

def soft_ce_forward(ground_truth, logits, temperatur=2.0):
    logp = log_softmax(logits / temperatur)
    verlust = -(ground_truth * logp).sum(axis=1).mean()
    zwischenspeicher = (ground_truth, logp, temperatur)
    return verlust, zwischenspeicher

def soft_ce_backward(zwischenspeicher):
    ground_truth, logp, temperatur = zwischenspeicher
    # die Zeilensumme von ground_truth ist 1, deshalb einfach p - q
    dlogits = np.exp(logp) - ground_truth
    dlogits /= temperatur * len(ground_truth)
    return dlogits
