"""
Letters with a plain recurrent net, all in one file.
usage: python2 char_lm.py text.txt
"""
import sys
import numpy as np

H, V = 7, 5                       # state, letters
rs = np.random.RandomState(4)
U = rs.normal(0, .3, (H, V))      # letter -> state
R = rs.normal(0, .3, (H, H))      # state -> state
O = rs.normal(0, .3, (V, H))      # state -> letter
p = np.zeros((H, 1))
q = np.zeros((V, 1))


def run(letters, following, state):
    """loss (summed over the text), gradients of U R O p q, last state"""
    states, probs, loss = [state], [], 0.0
    for a, z in zip(letters, following):
        states.append(np.tanh(U[:, a:a + 1] + R.dot(states[-1]) + p))
        s = np.exp(O.dot(states[-1]) + q)
        probs.append(s / s.sum())
        loss -= np.log(probs[-1][z, 0])

    gU, gR, gO, gp, gq = [np.zeros(w.shape) for w in (U, R, O, p, q)]
    from_right = 0
    for t in xrange(len(letters) - 1, -1, -1):
        e = probs[t]
        e[following[t], 0] -= 1
        gO += e.dot(states[t + 1].T)
        gq += e
        back = (O.T.dot(e) + from_right) * (1 - states[t + 1] ** 2)
        gp += back
        gU[:, letters[t]] += back[:, 0]
        gR += back.dot(states[t].T)
        from_right = R.T.dot(back)
    return loss, gU, gR, gO, gp, gq, states[-1]


if __name__ == '__main__':
    try:
        text = open(sys.argv[1]).read()
    except (IOError, IndexError), e:
        print >>sys.stderr, 'cannot read the text:', e
        sys.exit(1)
    print 'different letters:', len(set(text))
