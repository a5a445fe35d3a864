"""Ten thousand damaged files: each gives a result or a documented error, and nothing else.

Half are damaged as a disk or a transfer does it, byte by byte; half are well-formed files of the right kind with wrong
contents, as a program or a person with bad intentions would make them.
"""

import gzip
import hashlib
import io
import json
import random
import struct

import numpy as np
import pytest

from datasets import IdxError, read_idx
from networks import ModelFileError, MultiLayerNet, Network, ResidualNet, TwoLayerNet
from tests_support import few_quick
from training.loop.snapshots import CheckpointError, Snapshot
from training.run.checkpoints import DIGEST_BYTES, from_bytes, to_bytes

NETWORKS = (
    TwoLayerNet(4, 3, 2, seed=0),
    MultiLayerNet(4, [3, 3], 2, use_dropout=True, use_batchnorm=True, seed=0),
    ResidualNet((1, 4, 4), (2, 3), output_size=2, seed=0),
)
ODD_VALUES = (
    None,
    True,
    -1,
    0,
    1,
    10**9,
    10**30,
    1.5,
    -0.0,
    "",
    "x" * 1000,
    "he",
    [],
    [0],
    [10**6, 10**6],
    {},
    {"a": 1},
)
EACH = few_quick([100, 1667], 100)  # of six kinds of file
each = pytest.mark.parametrize("each", EACH)


def damaged(content, chance):
    """The bytes with something done to them: changed, lost, repeated or put in between."""
    content = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        if not content:
            break
        place = chance.randrange(len(content))
        length = chance.choice((1, 1, 2, 8, 64))
        piece = bytes(chance.randrange(256) for _ in range(length))
        what = chance.randrange(5)
        if what == 0:
            content[place] ^= 1 << chance.randrange(8)
        elif what == 1:
            content[place : place + length] = piece
        elif what == 2:
            del content[place : place + length]
        elif what == 3:
            content[place:place] = piece
        else:
            del content[place:]
    return bytes(content)


def odd(value, chance):
    """A JSON value with one thing in it replaced by an odd one."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        key = chance.choice(list(value))
        if chance.random() < 0.1:
            return {name: item for name, item in value.items() if name != key}
        return value | {key: odd(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.7:
        place = chance.randrange(len(value))
        return [*value[:place], odd(value[place], chance), *value[place + 1 :]]
    return chance.choice(ODD_VALUES)


def try_out(read, path, content, allowed):
    """Read the content as a file; return whether it could be read, raise for any other error than the allowed one."""
    path.write_bytes(content)
    try:
        read(path)
    except allowed:
        return False
    return True


@pytest.fixture(scope="module", params=range(len(NETWORKS)))
def model_file(request, tmp_path_factory):
    """A model file's content, its meta data and its arrays; the last network does not know its arguments."""
    network = NETWORKS[request.param]
    path = tmp_path_factory.mktemp("model") / "model.npz"
    if request.param == len(NETWORKS) - 1:
        network.arguments = None
    network.save(path)
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    return path.read_bytes(), json.loads(str(arrays.pop("meta"))), arrays


@each
def test_model_files_with_wrong_bytes(model_file, tmp_path, each):
    content, _, _ = model_file
    chance = random.Random(1)
    read = [
        try_out(Network.load, tmp_path / "model.npz", damaged(content, chance), ModelFileError)
        for _ in range(each // len(NETWORKS))
    ]
    assert not all(read)


@each
def test_model_files_with_wrong_contents(model_file, tmp_path, each):
    _, meta, arrays = model_file
    chance, read = random.Random(2), []
    for _ in range(each // len(NETWORKS)):
        buffer, wrong = io.BytesIO(), odd(meta, chance)
        np.savez(buffer, meta=np.array(json.dumps(wrong)), **arrays)
        read.append(try_out(Network.load, tmp_path / "model.npz", buffer.getvalue(), ModelFileError))
    assert not all(read)


CHECKPOINT = to_bytes(Snapshot({"network.W1": np.arange(600.0), "trace.loss": np.ones(20)}, {"step": 7, "history": []}))


@each
def test_checkpoints_with_wrong_bytes(each):
    chance = random.Random(3)
    for _ in range(each):
        changed = damaged(CHECKPOINT, chance)
        if changed != CHECKPOINT:
            with pytest.raises(CheckpointError):
                from_bytes(changed)


@each
def test_checkpoints_with_wrong_bytes_behind_a_digest_made_anew(tmp_path, each):
    def read(path):
        from_bytes(path.read_bytes())

    content, chance, could_be_read = CHECKPOINT[:-DIGEST_BYTES], random.Random(7), []
    for _ in range(each):
        changed = damaged(content, chance)
        changed += hashlib.sha256(changed).digest()
        could_be_read.append(try_out(read, tmp_path / "checkpoint.npz", changed, CheckpointError))
    assert True in could_be_read  # a byte in the padding of the archive, say
    assert False in could_be_read


IMAGES = bytes([0, 0, 8, 3]) + struct.pack(">3I", 20, 5, 4) + bytes(range(200)) + bytes(200)


@pytest.mark.parametrize("compressed", [False, True])
@each
def test_idx_files_with_wrong_bytes(tmp_path, compressed, each):
    chance, content = random.Random(5), gzip.compress(IMAGES) if compressed else IMAGES
    for _ in range(each // 2):
        try_out(read_idx, tmp_path / "images", damaged(content, chance), IdxError)


@pytest.mark.parametrize("compressed", [False, True])
@each
def test_idx_files_with_wrong_headers(tmp_path, compressed, each):
    chance = random.Random(6)
    for _ in range(each // 2):
        axes = [chance.choice((0, 1, 5, 20, 2**31, 2**32 - 1)) for _ in range(chance.randrange(6))]
        kind, count = chance.choice((8, 9, 11, 12, 13, 14, 0, 255)), chance.choice((len(axes), 0, 255))
        content = bytes([0, 0, kind, count]) + struct.pack(f">{len(axes)}I", *axes) + bytes(chance.randrange(500))
        try_out(read_idx, tmp_path / "images", gzip.compress(content) if compressed else content, IdxError)
