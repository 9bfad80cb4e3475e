"""Scores of every shape, and Inspect's own metrics and reducers over them."""

from inspect_ai import Epochs, Task, task
from inspect_ai.scorer import (
    Metric,
    SampleScore,
    Score,
    accuracy,
    aggregate,
    at_least,
    bootstrap_stderr,
    ci,
    ci_wilson,
    frequency,
    grouped,
    includes,
    krippendorff_alpha,
    match,
    mean,
    metric,
    scorer,
    std,
    stderr,
    var,
)
from inspect_ai.solver import generate
from material import IDS, dataset, draw, silent

NAN = float("nan")
PLAIN = [accuracy(), mean(), stderr(), std(), var(), ci(), ci_wilson()]


def drawn(name: str, values: list, metrics):
    """A scorer that gives each attempt one of the values."""

    @scorer(name=name, metrics=metrics)
    def build():
        async def score(state, target):
            value = values[draw(name, state, len(values))]
            return Score(value=value, answer="a", explanation="b")

        return score

    return build()


@metric
def own_share() -> Metric:
    def compute(scores: list[SampleScore]) -> float:
        return sum(1 for one in scores if one.score.as_float() >= 0.5) / 7

    return compute


@task
def reducers():
    epochs = ["mean", "mode", "pass_at_2", "at_least_1", "at_least_3", "median", "max", "pass_k_2", "majority"]
    return Task(
        dataset=dataset(7, IDS),
        solver=generate(),
        scorer=[drawn("letters", ["C", "C", "I", "P", "N"], PLAIN), includes(), match()],
        epochs=Epochs(4, epochs),
    )


@task
def one_reducer():
    return Task(dataset=dataset(5), solver=silent(), scorer=drawn("solved", ["C", "I"], PLAIN), epochs=Epochs(3, "mode"))


@task
def default_reducer():
    return Task(dataset=dataset(9), solver=silent(), scorer=drawn("solved", ["C", "I"], PLAIN), epochs=3)


@task
def no_reducer():
    return Task(dataset=dataset(9), solver=silent(), scorer=drawn("solved", ["C", "I"], PLAIN), epochs=Epochs(3, []))


@task
def threshold_reducer():
    """A threshold that the reducer's name in the log does not tell."""
    half = drawn("halves", [0, 0.25, 0.5, 0.75], [mean(), stderr()])
    return Task(dataset=dataset(6), solver=silent(), scorer=half, epochs=Epochs(3, [at_least(2, value=0.5)]))


@task
def unscored():
    """Some epochs that the scorer could not decide; of some samples all."""
    metrics = [accuracy(), mean(), stderr(), std(), var(), ci()]
    epochs = Epochs(3, ["mean", "pass_at_2", "pass_k_2", "mode", "max", "majority"])
    return Task(
        dataset=dataset(12), solver=silent(), scorer=drawn("doubt", [1.0, 0.0, NAN, NAN], metrics), epochs=epochs
    )


@task
def never_scored():
    metrics = [accuracy(), mean(), stderr(), ci(), grouped(mean(), "family")]
    return Task(dataset=dataset(3), solver=silent(), scorer=drawn("doubt", [NAN], metrics), epochs=2)


@task
def numbers():
    values = [0.1, -3.75, 1e-12, 1e15, 42, 0, 1 / 3]
    return Task(dataset=dataset(40), solver=silent(), scorer=drawn("measure", values, [*PLAIN[:6]]), epochs=2)


@task
def constant():
    """The same number everywhere: whatever deviation there is, is rounding."""
    clustered = [stderr(cluster="family"), ci(cluster="family"), ci(level=0.99)]
    return Task(dataset=dataset(23), solver=silent(), scorer=drawn("measure", [0.1], [*PLAIN, *clustered]), epochs=3)


@task
def texts():
    values = ["yes", "No", "TRUE", "false", "1.5", " 2 ", "1e3", "perhaps", True, False, "c", "", "1_0", "inf"]
    return Task(dataset=dataset(30), solver=silent(), scorer=drawn("text", values, [accuracy(), mean(), stderr()]))


@task
def one_sample():
    return Task(dataset=dataset(1), solver=silent(), scorer=drawn("solved", ["C"], PLAIN))


@task
def clustered():
    metrics = [
        accuracy(),
        stderr(),
        stderr(cluster="family"),
        stderr(cluster="hard"),
        ci(),
        ci(cluster="family", level=0.9),
        ci_wilson(),
        ci_wilson(cluster="family"),
        ci_wilson(level=0.8),
    ]
    return Task(dataset=dataset(20), solver=silent(), scorer=drawn("solved", ["C", "I"], metrics), epochs=2)


@task
def by_group():
    metrics = [
        accuracy(),
        grouped(accuracy(), "family"),
        grouped(mean(), "level", all="groups"),
        grouped(stderr(), "hard", all=False),
        grouped(mean(), "family", all_label="overall", name_template="family {group_name}"),
        grouped(stderr(cluster="hard"), "family", all_label="all errors", name_template="error {group_name}"),
    ]
    epochs = Epochs(2, ["mean", "at_least_1"])
    return Task(dataset=dataset(18), solver=silent(), scorer=drawn("solved", ["C", "I"], metrics), epochs=epochs)


@task
def dictionaries():
    values = [
        {"flag": "C", "steps": 3, "share": 0.5},
        {"flag": "I", "steps": 11, "share": NAN},
        {"flag": "P", "steps": 0, "share": 0.125},
        NAN,
    ]
    metrics = {
        "flag": [accuracy(), stderr(), stderr(cluster="family"), ci_wilson()],
        "s*": [mean(), std(), var(), ci(), ci(level=0.5), grouped(mean(), "family")],
    }
    epochs = Epochs(3, ["mean", "max", "mode", "median", "pass_at_1"])
    return Task(dataset=dataset(15), solver=silent(), scorer=drawn("several", values, metrics), epochs=epochs)


@task
def dictionary_parts():
    values = [{"flag": 1, "steps": 3}, {"flag": 0, "steps": 8}]
    metrics = [{"flag": [accuracy(), stderr()]}, aggregate("steps", mean()), aggregate("flag", stderr())]
    return Task(dataset=dataset(8), solver=silent(), scorer=drawn("several", values, metrics))


@task
def lists():
    values = [[1, 0, 1], [0, 0, 1], [1, 1, NAN]]
    metrics = [krippendorff_alpha()]
    return Task(dataset=dataset(10), solver=silent(), scorer=drawn("panel", values, metrics), epochs=Epochs(2, "mode"))


@task
def categories():
    labels = frequency(["refused", "partial", "full", "never"])
    metrics = [labels, accuracy(), stderr()]
    return Task(
        dataset=dataset(14),
        solver=silent(),
        scorer=[
            drawn("verdict", ["refused", "partial", "full"], metrics),
            drawn("grade", [1, 2.0, 2.5, True, "2"], [frequency(normalize=False)]),
        ],
        epochs=Epochs(3, "mode"),
    )


@task
def own_metrics():
    metrics = [own_share(), bootstrap_stderr(), ci(method="bootstrap", num_samples=50), mean()]
    return Task(dataset=dataset(9), solver=silent(), scorer=drawn("share", [0.25, 0.5, 1.0], metrics))


@task
def same_name():
    """Two scorers of one name: the second is told apart by a number."""
    scorers = [drawn("solved", ["C", "I"], PLAIN[:3]), drawn("solved", [0.5, 1], [mean(), std()])]
    return Task(dataset=dataset(6), solver=silent(), scorer=scorers, epochs=2)
