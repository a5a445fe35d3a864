# char-level embedding, toy language model
import numpy as np

VOCAB = 5   # a b c d <eos>
DIM = 3

def embed_forward(ids, table):
    out = table[ids]
    return out, (ids, table)

def embed_backward(dout, cache):
    ids, table = cache
    dtable = np.zeros_like(table)
    dtable[ids] += dout
    return dtable

if __name__ == '__main__':
    text = [0, 1, 1, 2, 3, 0, 4, 2]
    table = np.random.randn(VOCAB, DIM)
    out, cache = embed_forward(np.array(text), table)
    target = np.random.randn(len(text), DIM)
    for it in range(20):
        out, cache = embed_forward(np.array(text), table)
        loss = 0.5 * np.sum((out - target) ** 2)
        table -= 0.1 * embed_backward(out - target, cache)
        if it % 5 == 0:
            print('iter %d loss %.4f' % (it, loss))
