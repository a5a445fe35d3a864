"""What an argument stands for, by its name."""

import inspect
import re
from collections.abc import Callable
from typing import Any

CACHE = set(
    """
    cache caches ctx context saved memory memo mem intermediate intermediates stash saved_tensors residuals tape
    cached cache_tuple layer_cache fwd_cache forward_cache
    """.split()
)
RATE = set(
    """
    lr learning_rate eta learningrate l_rate step_size learn_rate alpha rate stepsize learing_rate learning_rates
    lr_rate lrate learn learning tasa tasa_aprendizaje tasa_de_aprendizaje taxa taxa_aprendizado taxa_aprendizagem
    taxa_de_aprendizado taxa_de_aprendizagem lernrate taux taux_apprentissage tasso tasso_apprendimento
    """.split()
)
FLAG = set(
    """
    train training is_training is_train train_flg train_flag train_mode istrain training_mode train_phase
    is_train_mode trainable with_grad requires_grad retain_derived is_training_mode save store retain save_cache
    keep_cache store_cache
    """.split()
)
COUNT = set(
    """
    epoch epochs iteration iterations iter step n_iter timestep batch_idx global_step
    """.split()
)
TRUTH = set(
    """
    t target targets label labels y_true truth true expected desired gt answer answers teacher gold ground_truth
    groundtruth actual y_real ytrue correct y_target yt y_label real y_actual y_truth true_y y_t ts tgt y_train
    y_batch trues tar expected_output desired_output true_label true_labels y_gt gts y_labels one_hot reference
    expected_result expected_value expected_values desired_result esperado y_esperado salida_esperada saida_esperada
    etiqueta etiquetas rotulo rotulos alvo alvos objetivo objetivos cible cibles attendu y_vrai ziel soll sollwert
    """.split()
)
GUESS = set(
    """
    y_pred y_hat yhat pred preds prediction predictions predicted guess probs prob logits logit scores score
    outputs out output y_predict ypred pred_y y_prob al a p o y_p y_preds y_predicted hypothesis h yp estimate
    model_output z x y_out y_score output_activations network_output predictions_ x_pred q ps yhats input
    log_p logp log_q log_prob log_probs logprob logprobs log_probabilities log_yhat log_y_hat log_y_pred log_pred
    log_preds log_predictions log_softmax
    """.split()
)
DOUT = set(
    """
    upstream delta deltas error err errors dvalues dvalue residual d g dl dout grad grads gradient gradients top
    downstream next_grad dnext dprev accum_grad dy dz da dh ds dx ddout upstream_gradient gout gy gz gys gh dys
    dhs v cotangent output_error back signal incoming sensitivity loss e eta_in dloss derror dscore
    """.split()
)
OUTPUT = set(
    """
    y out output outputs activation activations a activated fx result ys
    """.split()
)
INPUT = set(
    """
    x z input inputs inp in data s u xs net val value values array arr features input_data in_data a_prev
    inputdata tensor input_tensor batch x_input feature_map image images img h_prev n num vector vec matrix
    preactivation weighted_input sum
    """.split()
)
PROBABILITY = set(
    """
    p prob probs probability probabilities y_pred y_hat yhat y_prob pred preds al q prediction predictions
    predicted
    """.split()
)


def key_of(name: str) -> str:
    """Return a name as the lists above have it: small letters, without leading underscores and trailing digits.

    >>> key_of("W1"), key_of("_X"), key_of("a0")
    ('w', 'x', 'a_prev')
    """
    if name == "a0":  # the state before the first step
        return "a_prev"
    return re.sub(r"\d+$", "", name.strip("_").lower()) or name.lower()


def role_of(name: str) -> str:
    """Return what an argument of backward stands for: cache, rate, flag, count, dout, truth, output, input, or "".

    >>> [role_of(name) for name in ("dout", "learning_rate", "cache", "grad_output", "z", "dL_dy", "y_true")]
    ['dout', 'rate', 'cache', 'dout', 'input', 'dout', 'truth']
    """
    key = key_of(name)
    for role, names in (("cache", CACHE), ("rate", RATE), ("flag", FLAG), ("count", COUNT)):
        if key in names:
            return role
    if is_dout(key):
        return "dout"
    for role, names in (("truth", TRUTH), ("output", OUTPUT), ("input", INPUT), ("guess", GUESS)):
        if key in names:
            return role
    return ""


def is_dout(key: str) -> bool:
    """Return whether a name is that of a gradient that comes from above."""
    if key in DOUT or "grad" in key or "upstream" in key or "delta" in key or key.startswith("error"):
        return True
    # dZ, dA_next, dL_dout, d_out, dloss_dy, dJdy
    return bool(re.match(r"d_?[a-z]{1,4}(_?(d|wrt)_?[a-z]+)?(_(next|prev|out|output|t|h|c))?$", key)) and not re.match(
        r"(data|dim|dims|dict|depth|dtype|d|do|drop)$", key
    )


def is_of_the_step_after(name: str) -> bool:
    """Return whether a name is that of a gradient from the next step of a recurrent layer, which is zero at the last.

    >>> is_of_the_step_after("dh_next"), is_of_the_step_after("next_grad"), is_of_the_step_after("dout")
    (True, True, False)
    """
    return role_of(name) == "dout" and bool(re.search(r"next|future|carr", key_of(name)))


def arguments_of(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """Return the arguments of a function or bound method that can be given one after the other."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]


def is_required(parameter: inspect.Parameter) -> bool:
    """Return whether an argument must be given."""
    return parameter.default is parameter.empty
