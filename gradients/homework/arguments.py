"""Values for the arguments of constructors, by the names that these usually bear."""

from typing import Any

import numpy as np

from gradients.calling.scenes import FN, C, D, H, K, M

FIXED: tuple[tuple[str, Any], ...] = (
    ("stride strides pad padding axis", 1),
    ("pool_h pool_w pool_size size num_heads n_heads heads groups num_groups G n_groups", 2),
    ("kernel_size filter_size kernel kernelsize f_size k seq_len T timesteps time_size max_len", 3),
    ("momentum decay", 0.9),
    ("dropout_ratio ratio p drop_prob rate keep_prob dropout prob dropout_rate", 0.4),
    ("alpha slope negative_slope leak a weight_decay_lambda weight_decay reg lam lambd lambda_ l2", 0.1),
    ("lr learning_rate eta learningRate weight_init_std std", 0.5),
    ("eps epsilon", 1e-5),
    ("out_features output_size n_out out_dim output_dim M d_out fan_out outputs units n_units n_neurons neurons", M),
    ("num_neurons nout out_size n_output n_outputs num_outputs output_nodes outputnodes out outsize n_y", M),
    ("out_units onodes n_aus salidas output_units num_output output_features outputSize output_neurons n_nodes", M),
    ("out_feature dim_out num_out outf n_output_classes output_classes", M),
    ("n_classes num_classes classes", K),
    ("in_channels channels inchannels C c in_channel input_channels n_channels num_channels", C),
    (
        "out_channels outchannels filter_num FN num_filters n_filters nb_filters out_channel output_channels n_kernels",
        FN,
    ),
    ("hidden_size hidden hidden_dim n_hidden H width hidden_nodes hiddennodes n_h hidden_units num_hidden", H),
    ("hidden_neurons hnodes hiddenSize hidden_layer_size nh n_hid hid d_ff ff_dim", H),
    ("layer_sizes sizes layers layer_dims layers_dims dims architecture", [D, H, M]),
    ("vocab_size V num_embeddings n_vocab", 7),
    ("embedding_dim embed_dim wordvec_size emb_dim d_model", D),
    ("seed random_state", 0),
    ("activation activation_function act", "relu"),
    ("training train_flg train use_bias", True),
    ("name layer_name", "layer"),
    ("dtype", np.float64),
)
# How many features go in; of images, how many channels.
INCOMING = """
    in_features input_size n_in in_dim input_dim D d_in fan_in num_features dim size_in features n_features inputs
    in_size n_input n_inputs nin num_inputs input_nodes inputnodes in_ insize n_x in_units input_units num_input
    input_features inputSize input_neurons n_prev prev_size inodes nx n_ein entradas n_entradas d in_feature dim_in
    num_in inf prev_neurons previous_neurons
"""


def arguments_by_name(rng: np.random.Generator, images: bool) -> dict[str, Any]:
    """Return a value for each name that a constructor's argument usually bears."""
    features = C if images else D
    weight = rng.standard_normal((FN, C, 3, 3) if images else (D, M)) * 0.5
    drawn: tuple[tuple[str, Any], ...] = (
        ("W w weight weights kernels filters", weight),
        ("b bias biases", rng.standard_normal(FN if images else M)),
        ("Wx wx W_x Wxh W_xh", 0.5 * rng.standard_normal((D, M))),
        ("Wh wh Whh W_h W_hh", 0.5 * rng.standard_normal((M, M))),
        ("gamma scale", rng.uniform(0.5, 1.5, features)),
        ("beta shift offset", rng.standard_normal(features)),
        ("rng generator", rng),
        ("input_shape in_shape", (C, 6, 6) if images else (D,)),
        (INCOMING, features),
    )
    known = {name: value for names, value in (*drawn, *FIXED) for name in names.split()}
    return known | {name.replace("_", "").lower(): value for name, value in known.items() if len(name) > 2}
