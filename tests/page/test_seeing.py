"""The graph of a text: its values, gradients and explanations, with the numbers of the documents."""

import json
from itertools import pairwise

import numpy as np
import pytest

from page.inside.answering import answer_text
from page.inside.seeing import see
from page.inside.seeing.mathematics import ELEMENTS, text_of

EXAMPLES = "page/web/see/examples.json"


@pytest.fixture(scope="module")
def examples(root):
    return {one["id"]: one["text"] for one in json.loads((root / EXAMPLES).read_text(encoding="utf-8"))}


def graph_of(text):
    seen = see({"text": text})
    assert "problem" not in seen, seen["problem"]
    return seen["graph"]


def nodes_of(text):
    return {node["name"]: node for node in graph_of(text)["nodes"]}


def values(nodes, *names):
    return [nodes[name]["valueText"] for name in names]


def gradients(nodes, *names):
    return [nodes[name]["gradientText"] for name in names]


def sides(trees):
    return " = ".join(map(text_of, trees))


def back(node, towards):
    return next(one for one in node["explanation"]["back"] if one["towards"] == towards)


def test_one_step_of_the_linear_model(examples):
    nodes = nodes_of(examples["linear"])
    assert values(nodes, "x", "w", "y_hat", "s", "loss") == ["1", "1", "1", "−1", "1"]
    assert gradients(nodes, "loss", "s", "y_hat", "w", "x") == ["1", "−2", "−2", "−2", "−2"]


def test_the_chain_rule_at_times_has_its_numbers_put_in(examples):
    times = nodes_of(examples["linear"])["y_hat"]
    assert sides(times["explanation"]["forward"]) == "y_hat = x · w = 1 · 1 = 1"
    to_w = back(times, "w")
    assert sides(to_w["local"]) == "∂y_hat/∂w = x = 1"
    assert sides(to_w["product"]) == "∂loss/∂w = ∂loss/∂y_hat · ∂y_hat/∂w = −2 · 1 = −2"
    assert to_w["told"] == "−2 · 1 = −2"


def test_the_square_has_its_exponent_put_in(examples):
    square = nodes_of(examples["linear"])["loss"]
    assert sides(back(square, "s")["local"]) == "∂loss/∂s = 2 · s = 2 · (−1) = −2"


def test_the_apple_shop(examples):
    nodes = nodes_of(examples["apples"])
    assert values(nodes, "total") == ["715"]
    names = ("apple_price", "apples", "orange_price", "oranges", "tax")
    assert gradients(nodes, *names) == ["2.2", "110", "3.3", "165", "650"]


def test_a_u_L(examples):
    nodes = nodes_of(examples["chain"])
    assert values(nodes, "u", "L") == ["4", "12"]
    assert gradients(nodes, "u", "a") == ["3", "12"]


def test_two_layers_by_hand(examples):
    nodes = nodes_of(examples["network"])
    assert values(nodes, "h1", "h2", "L") == ["[1.2, 1.2]", "1.78", "0.7442"]
    assert gradients(nodes, "W2", "b2") == ["[−1.464, −1.464]", "−1.22"]
    assert gradients(nodes, "W1", "b1") == ["[[−0.732, −1.464], [−0.976, −1.952]]", "[−0.732, −0.976]"]


def test_a_matrix_product_hands_back_matrix_products(examples):
    first = nodes_of(examples["network"])["u1"]
    assert sides(back(first, "W₁")["local"]) == "∂u1,i/∂W1,ik = xk"
    product = sides(back(first, "W₁")["product"])
    assert product.endswith("[−0.732, −0.976][1, 2]^T = [[−0.732, −1.464], [−0.976, −1.952]]")


def test_gradients_add_up_where_an_edge_branches(examples):
    x = nodes_of(examples["branch"])["x"]
    assert x["gradientText"] == "7"
    assert x["gradient"]["parts"] == ["1", " + 3", " + 3"]
    assert sides(x["explanation"]["sum"]) == "∂y/∂x = 1 + 3 + 3 = 7"


def test_a_share_says_that_it_is_one(examples):
    times = nodes_of(examples["branch"])["u"]["explanation"]["back"]
    assert [one["is_share"] for one in times] == [True, True]
    assert "x is used 3 times" in times[0]["notes"][0]


def test_a_dead_relu_stops_every_gradient(examples):
    nodes = nodes_of(examples["dead"])
    assert gradients(nodes, "x", "w", "b") == ["0", "0", "0"]
    assert gradients(nodes, "h") == ["−2"]


def test_factors_of_a_half_vanish_and_factors_of_two_explode(examples):
    vanishing, exploding = nodes_of(examples["vanishing"]), nodes_of(examples["exploding"])
    assert gradients(vanishing, "x") == [f"{0.5**10:.4g}"]
    assert gradients(exploding, "x") == ["1024"]


def test_each_sigmoid_hands_back_at_most_a_quarter(examples):
    graph = graph_of(examples["sigmoids"])
    found = [float(node["gradientText"]) for node in graph["nodes"]]
    assert all(before <= after / 4 for before, after in pairwise(found))
    assert found[0] < 0.25**5


def test_softmax_with_cross_entropy_hands_back_prediction_minus_truth(examples):
    nodes = nodes_of(examples["softmax"])
    exps = np.exp([0.3, 2.9, 4.0])
    expected = exps / exps.sum() - [0, 0, 1]
    found = [float(cell.replace("−", "-")) for cell in nodes["scores"]["gradient"]["rows"][0]]
    np.testing.assert_allclose(found, expected, rtol=1e-3)


def test_affine_on_a_batch_begins_with_the_texts_dout_and_sums_for_the_bias(examples):
    seen = see({"text": examples["affine"]})
    nodes = {node["name"]: node for node in seen["graph"]["nodes"]}
    assert gradients(nodes, "y", "b") == ["[[1, −1], [0.5, 2]]", "[1.5, 1]"]
    assert gradients(nodes, "W") == ["[[1, −1], [1.5, −4], [0.5, 7]]"]
    assert seen["notes"] == ["What comes back first is dout, as the text has it."]
    to_b = back(nodes["y"], "b")
    assert "summed over axis 0" in to_b["notes"][0]
    assert sides(to_b["product"]).startswith("∂L/∂b = ∑axis 0(∂L/∂y ⊙ ∂y/∂b)")


def test_the_mean_of_a_batch_and_arrays_of_the_text_keep_their_names(examples):
    nodes = nodes_of(examples["batch"])
    w, x, t = 1.0, np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])
    assert float(nodes["w"]["gradientText"].replace("−", "-")) == pytest.approx((2 * (x * w - t) * x).mean(), rel=1e-3)
    assert nodes["x"]["kind"] == nodes["t"]["kind"] == "constant"


def test_a_network_has_a_node_for_each_layer(examples):
    graph = graph_of(examples["nodes"])
    signs = [node["title"] for node in graph["nodes"] if node["kind"] == "operation"]
    assert signs == ["Affine1", "ReLU1", "Affine2", "SoftmaxWithLoss"]
    assert all(node["gradientText"] for node in graph["nodes"] if node["kind"] != "constant")


def test_every_example_is_an_answer_in_json_made_of_known_elements(examples):
    def check(tree):
        assert tree[0] in ELEMENTS
        for child in tree[1:]:
            if not isinstance(child, str):
                check(child)

    for name, text in examples.items():
        request = json.dumps({"job": "see", "text": text, "language": "en"})
        graph = json.loads(answer_text(request))["answer"]["graph"]
        for node in graph["nodes"]:
            explanation = node["explanation"]
            trees = [*explanation.get("forward", []), *explanation["sum"]]
            for one in explanation.get("back", []):
                trees += [*one["local"], *one["product"]]
            for tree in trees:
                check(tree)
        assert graph["forward"][-1] == len(graph["nodes"]) - 1, name
        assert graph["backward"] == graph["forward"][::-1]


def test_shares_add_up_to_the_gradient_in_every_example(examples):
    from page.inside.seeing.choosing import choose
    from page.inside.seeing.flow import Flow
    from page.inside.seeing.running import Ran, run

    for text in examples.values():
        ran = Ran()
        run(text, ran)
        chosen = choose(ran)
        flow = Flow(chosen.output, chosen.dout, chosen.is_layer)
        for place, variable in enumerate(flow.order[:-1]):
            shares = [share.value for share in flow.to(place)]
            if shares:
                np.testing.assert_allclose(np.sum(shares, axis=0), variable.grad, atol=1e-12)


def test_the_last_line_is_the_output_or_else_L_loss_or_y_or_what_was_computed_last():
    assert graph_of("x = Variable(2.0)\ny = x * 3\nz = y + 1\ny * y")["nodes"][-1]["valueText"] == "36"
    assert graph_of("x = Variable(2.0)\nloss = x * 3\nz = loss + 1")["nodes"][-1]["name"] == "loss"
    assert graph_of("x = Variable(2.0)\nz = x * 3\nnext = z + 1")["nodes"][-1]["name"] == "next"
    assert graph_of("x = Variable(2.0)\nz = x * 3\nz.backward()")["nodes"][-1]["name"] == "z"


def test_names_come_from_assignments_and_from_free_letters():
    nodes = graph_of("W1 = Variable(2.0)\nu1 = Variable(1.0, 'bias')\nL = W1 * 3 + u1 / 2")["nodes"]
    assert [node["name"] for node in nodes] == ["W1", "3", "u1", "bias", "2", "u2", "L"]
    assert nodes[0]["shown"] == "W₁"


def test_a_long_name_is_cut_off():
    nodes = graph_of(f"{'a' * 30} = Variable(2.0)\nL = {'a' * 30} * 3")["nodes"]
    assert nodes[0]["shown"] == "a" * 23 + "…"


def test_an_exponent_that_is_not_finite_has_an_answer():
    assert values(nodes_of("a = Variable(2.0)\nL = a ** 1e999"), "L") == ["∞"]


def test_an_output_of_several_numbers_is_summed_and_that_is_said():
    seen = see({"text": "x = Variable([1.0, 2.0])\ny = x * 3"})
    assert seen["graph"]["nodes"][-1]["operation"] == "Sum"
    assert seen["graph"]["nodes"][-1]["valueText"] == "9"
    assert "its elements are summed first" in seen["notes"][0]


def test_numpys_functions_are_recorded():
    nodes = nodes_of("x = Variable([[-1.0, 2.0]])\nL = np.sum(np.maximum(0, x) * np.exp(x) + np.where(x > 0, x, 0))")
    x = np.array([[-1.0, 2.0]])
    expected = (x > 0) * (np.exp(x) * (1 + x) + 1)
    found = [float(cell) for cell in nodes["x"]["gradient"]["rows"][0]]
    np.testing.assert_allclose(found, expected[0], rtol=1e-3)


def test_softmax_of_a_variable_is_made_of_nodes():
    graph = graph_of("x = Variable([1.0, 2.0])\nL = (softmax(x) * np.array([0.0, 1.0])).sum()")
    p = np.exp(2.0) / (np.exp(1.0) + np.exp(2.0))
    found = [float(cell.replace("−", "-")) for cell in graph["nodes"][0]["gradient"]["rows"][0]]
    assert graph["nodes"][0]["name"] == "x"
    np.testing.assert_allclose(found, [-p * (1 - p), p * (1 - p)], rtol=1e-3)


def test_an_assignment_to_elements_is_recorded():
    nodes = nodes_of("x = Variable([-1.0, 2.0, 3.0])\ny = x * 2\ny[y < 0] = 0\ny[1] = x[2]\nL = np.sum(y ** 2)")
    assert gradients(nodes, "x") == ["[0, 0, 30]"]  # (2 x2)^2 + x2^2
    assert nodes["L"]["valueText"] == "45"


def test_large_arrays_are_told_by_shape_and_norm():
    nodes = nodes_of("x = Variable(np.ones((100, 50)))\nW = Variable(np.ones((50, 10)))\nL = (x @ W).sum()")
    assert nodes["W"]["value"] == {"name": "", "text": "(50, 10)", "norm": "22.36"}
    assert sides(back(nodes["u"], "W")["product"]).endswith("(100, 50)^T(100, 10) = (50, 10)")


def test_values_that_are_not_finite_are_drawn_and_said():
    seen = see({"text": "x = Variable(0.0)\ny = log(x) * 2"})
    assert seen["notes"] == ["u is not finite: −∞.", "The gradient of x is not finite: ∞."]
    assert {node["name"]: node["valueText"] for node in seen["graph"]["nodes"]}["u"] == "−∞"


def test_nodes_and_wires_lie_within_the_picture_and_labels_beside_each_other(examples):
    for text in examples.values():
        graph = graph_of(text)
        for node in graph["nodes"]:
            assert node["x"] - node["width"] / 2 >= 0
            assert node["stem"] <= graph["width"]
            assert node["height"] / 2 <= node["y"] <= graph["height"] - node["height"] / 2
        for wire in graph["wires"]:
            assert all(0 <= x <= graph["width"] and 0 <= y <= graph["height"] for x, y in (wire["start"], wire["end"]))
