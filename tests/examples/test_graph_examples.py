"""The examples about graphs print the numbers of the book and of the seeds."""

import pytest


@pytest.fixture
def run_example(run_command, root):
    def run(name, *arguments):
        result = run_command(f"examples/{name}.py", *arguments, PYTHONPATH=root)
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


@pytest.mark.exhaustive
def test_the_apple_shop_has_the_numbers_of_the_book(run_example):
    said = run_example("apple_shop")
    assert "the total is 715\n" in said
    for name, gradient in {"apple price": 2.2, "apples": 110, "orange price": 3.3, "oranges": 165, "tax": 650}.items():
        assert f"dtotal/d({name}) = {gradient}\n" in said


@pytest.mark.exhaustive
def test_the_node_has_the_numbers_of_seed_004(run_example):
    said = run_example("graph_node")
    for fact in ("y_hat = x w = 1", "s = y_hat - 2 = -1", "loss = s s = 1", "dloss/dw = -2 * 1 = -2\n"):
        assert fact in said


@pytest.mark.exhaustive
def test_the_worked_network_has_the_numbers_of_seed_001(run_example):
    said = run_example("worked_network")
    assert "h1 = [1.2 1.2], h2 = 1.78, L = 0.7442\n" in said
    assert "dL/dW2 = [-1.464 -1.464], dL/db2 = -1.22\n" in said
    assert "dL/dW1 = [[-0.732, -1.464], [-0.976, -1.952]], dL/db1 = [-0.732 -0.976]\n" in said


@pytest.mark.exhaustive
def test_the_flow_goes_to_the_file_that_is_named(run_example, tmp_path):
    run_example("graph_flow", tmp_path / "other.gif")
    assert (tmp_path / "other.gif").read_bytes().startswith(b"GIF89a")
