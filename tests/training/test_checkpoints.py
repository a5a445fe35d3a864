import hashlib
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests_support import folder_contents
from training.run.checkpoints import CheckpointError, Checkpoints, Snapshot, from_bytes, to_bytes

SNAPSHOT = Snapshot({"network.W1": np.arange(6.0).reshape(2, 3)}, {"step": 3, "total": 0.1 + 0.2, "name": "한글"})
CONTENT = to_bytes(SNAPSHOT)


def snapshot(step):
    return Snapshot({"W": np.full(3, float(step))}, {"step": step})


def test_what_is_read_is_what_was_written_to_the_bit():
    arrays, values = from_bytes(CONTENT)
    assert values == SNAPSHOT.values
    assert arrays["network.W1"].tobytes() == SNAPSHOT.arrays["network.W1"].tobytes()


def test_there_is_none_before_the_first(tmp_path):
    assert Checkpoints(tmp_path).read() is None


def test_the_last_two_are_kept(tmp_path):
    checkpoints = Checkpoints(tmp_path)
    for step in (1, 2, 3):
        checkpoints.write(snapshot(step))
    assert folder_contents(tmp_path) == ["checkpoint-before.npz", "checkpoint.npz"]
    assert checkpoints.read().values["step"] == 3
    assert checkpoints.damaged == []


@pytest.mark.parametrize("damage", ["truncated", "flipped", "emptied", "removed"])
def test_a_damaged_one_gives_way_to_the_one_before_and_is_named(tmp_path, damage):
    checkpoints = Checkpoints(tmp_path)
    for step in (1, 2):
        checkpoints.write(snapshot(step))
    content = bytearray(checkpoints.latest.read_bytes())
    if damage == "removed":
        checkpoints.latest.unlink()
    else:
        content[len(content) // 2] ^= 1
        kept = {"truncated": len(content) - 7, "flipped": len(content), "emptied": 0}[damage]
        checkpoints.latest.write_bytes(content[:kept])
    assert checkpoints.read().values["step"] == 1
    assert len(checkpoints.damaged) == (damage != "removed")
    assert all(said.startswith("checkpoint.npz is damaged") for said in checkpoints.damaged)


def test_the_one_that_was_fallen_back_to_is_not_replaced_by_the_damaged_one(tmp_path):
    checkpoints = Checkpoints(tmp_path)
    for step in (1, 2):
        checkpoints.write(snapshot(step))
    checkpoints.latest.write_bytes(b"damaged")
    assert checkpoints.read().values["step"] == 1
    checkpoints.write(snapshot(3))
    for step, path in ((3, checkpoints.latest), (1, checkpoints.before)):
        assert from_bytes(path.read_bytes()).values["step"] == step
    checkpoints.write(snapshot(4))
    assert from_bytes(checkpoints.before.read_bytes()).values["step"] == 3


def test_one_that_the_disk_cannot_read_gives_way_too(tmp_path):
    checkpoints = Checkpoints(tmp_path)
    for step in (1, 2):
        checkpoints.write(snapshot(step))
    checkpoints.latest.unlink()
    checkpoints.latest.mkdir()  # reading it is an OSError
    assert checkpoints.read().values["step"] == 1
    assert checkpoints.damaged[0].startswith("checkpoint.npz cannot be read")


def test_a_small_file_that_would_become_large_is_refused():
    buffer = io.BytesIO()
    np.savez_compressed(buffer, meta=np.array("{}"), W=np.zeros(10**7))
    content = buffer.getvalue()
    with pytest.raises(CheckpointError, match="would be unpacked to"):
        from_bytes(content + hashlib.sha256(content).digest())


def test_two_damaged_ones_are_an_error_that_names_both(tmp_path):
    checkpoints = Checkpoints(tmp_path)
    checkpoints.latest.write_bytes(CONTENT[:-1])
    checkpoints.before.write_bytes(b"")
    with pytest.raises(CheckpointError, match=r"no checkpoint .* is whole: checkpoint.npz .*; checkpoint-before.npz"):
        checkpoints.read()


def test_a_write_that_fails_leaves_both_as_they_were(tmp_path, monkeypatch):
    checkpoints = Checkpoints(tmp_path)
    for step in (1, 2):
        checkpoints.write(snapshot(step))
    before = checkpoints.latest.read_bytes(), checkpoints.before.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        checkpoints.write(snapshot(3))
    assert (checkpoints.latest.read_bytes(), checkpoints.before.read_bytes()) == before
    assert folder_contents(tmp_path) == ["checkpoint-before.npz", "checkpoint.npz"]


@given(st.data())
def test_a_file_with_any_byte_changed_is_recognised(data):
    place, change = data.draw(st.integers(0, len(CONTENT) - 1)), data.draw(st.integers(1, 255))
    content = bytearray(CONTENT)
    content[place] ^= change
    with pytest.raises(CheckpointError):
        from_bytes(bytes(content))


@given(st.integers(0, len(CONTENT) - 1))
def test_a_file_of_any_smaller_length_is_recognised(length):
    with pytest.raises(CheckpointError):
        from_bytes(CONTENT[:length])


@pytest.mark.parametrize(
    ("values", "message"),
    [({"format": "other"}, "lacks the format"), ({"version": 99}, "format version 99, this program reads 1")],
)
def test_another_format_or_version_is_named(values, message):
    with pytest.raises(CheckpointError, match=message):
        from_bytes(to_bytes(Snapshot({}, values)))


def test_nothing_is_unpickled():
    buffer = io.BytesIO()
    np.savez(buffer, meta=np.array(["an object"], object))
    content = buffer.getvalue()
    with pytest.raises(CheckpointError, match="is no checkpoint: Object arrays cannot be loaded"):
        from_bytes(content + hashlib.sha256(content).digest())
