# structure: searches, their test data and their speed share the functions
"""Optuna's TPE on functions with known minima, for a comparison with @footlight/studies.

    pip install optuna
    python apps/benchmarks/reference/studies.py 50 > optuna.jsonl
    python apps/benchmarks/reference/studies.py last > apps/benchmarks/performance/studies/last-trials.json
    python apps/benchmarks/reference/studies.py speed

The first command prints the best value and the parameters of 100 trials for each seed, function and number of trials at
once, one line of JSON each. The functions are those of performance/studies/objectives.ts; `npm run bench:studies` reads
the lines. The second one prints the last trial of searches by several rules, among them difficult ones, for a test. The
third one is started by `npm run bench:studies`.
"""

import json
import math
import sys
import time
import types
import warnings

import numpy
import optuna
from optuna.samplers._tpe import parzen_estimator

TRIALS = 100


def floats(trial, count, low, high):
    return [trial.suggest_float(f"x{i}", low, high) for i in range(count)]


def sphere(trial):
    return sum(x * x for x in floats(trial, 5, -5, 5))


def branin(trial):
    x, y = trial.suggest_float("x", -5, 10), trial.suggest_float("y", 0, 15)
    curve = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return curve**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


HEIGHTS = [1, 1.2, 3, 3.2]
WIDTHS = [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
]
PLACES = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def hartmann(trial):
    point = floats(trial, 6, 0, 1)
    distances = [
        sum(a * (x - p) ** 2 for a, x, p in zip(width, point, place)) for width, place in zip(WIDTHS, PLACES)
    ]
    return -sum(height * math.exp(-distance) for height, distance in zip(HEIGHTS, distances))


def rosenbrock(trial):
    x = floats(trial, 4, -5, 10)
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(3))


def ackley(trial):
    x = floats(trial, 10, -32.768, 32.768)
    root = math.sqrt(sum(each * each for each in x) / 10)
    waves = sum(math.cos(2 * math.pi * each) for each in x) / 10
    return -20 * math.exp(-0.2 * root) - math.exp(waves) + 20 + math.e


def mixed(trial):
    x = trial.suggest_float("x", -5, 5)
    rate = trial.suggest_float("rate", 1e-5, 1, log=True)
    count = trial.suggest_int("count", 1, 20)
    kind = trial.suggest_categorical("kind", ["a", "b", "c"])
    return (x - 1) ** 2 + (math.log10(rate) + 2) ** 2 + (count - 7) ** 2 / 10 + "abc".index(kind)


def conditional(trial):
    rate = trial.suggest_float("rate", 1e-5, 1, log=True)
    base = (math.log10(rate) + 2) ** 2
    if trial.suggest_categorical("kind", ["one", "two"]) == "one":
        return base + (trial.suggest_float("x", -5, 5) - 2) ** 2 + 1
    y, z = trial.suggest_float("y", -5, 5), trial.suggest_float("z", -5, 5)
    return base + (y + 1) ** 2 + (z - 1) ** 2


def report_some(trial):
    x, n = trial.suggest_float("x", -5, 5), trial.suggest_int("n", 1, 100, log=True)
    value = x * x + abs(math.log(n) - 2)
    for step in range(1 + trial.number % 4):
        trial.report(math.nan if trial.number % 11 == 5 else -value - 1 / (step + 1), step)
    return None if trial.number % 3 > 0 else -value


def prune_all(trial):
    x = trial.suggest_float("x", -5, 5)
    trial.report(x * x, 1)


def overflow(trial):
    x, y = trial.suggest_float("x", -5, 5), trial.suggest_float("y", 1e-300, 1e300, log=True)
    if x > 3:
        return math.nan
    return math.inf if x > 1 else -math.inf if y < 1e-290 else x * x + abs(math.log10(y))


def steps(trial):
    x, y = trial.suggest_float("x", 0, 1, step=0.3), trial.suggest_float("y", -1, 1, step=0.1)
    n, one = trial.suggest_int("n", 1, 10, step=4), trial.suggest_float("one", 2, 2)
    big = trial.suggest_int("big", -(10**6), 10**6)
    kind = trial.suggest_categorical("kind", [None, True, 1.5, "1", 0])
    return x + y * y + n + one + abs(big) / 10**6 + [None, True, 1.5, "1", 0].index(kind)


def change_ranges(trial):
    high = 5 if trial.number < 20 else 2
    x = trial.suggest_float("x", -high, high)
    y = trial.suggest_float("y", 1, high) if trial.number % 3 == 0 else 0
    return (x - 1) ** 2 + y + trial.suggest_float("z", -1, 1) ** 2


def two_values(trial):
    x, y, n = trial.suggest_float("x", -5, 5), trial.suggest_float("y", -5, 5), trial.suggest_int("n", 1, 8)
    return x * x + y * y + n, -((x - 2) ** 2 + (y + 1) ** 2)


def three_values(trial):
    x, y, z = floats(trial, 3, -5, 5)
    return x * x + y, (y - 1) ** 2 + z, (z + 1) ** 2 + x


OBJECTIVES = {
    "sphere-5": sphere,
    "branin": branin,
    "hartmann-6": hartmann,
    "rosenbrock-4": rosenbrock,
    "ackley-10": ackley,
    "mixed": mixed,
    "conditional": conditional,
}


# Objective, directions, options of the sampler.
DIFFICULT = {
    "report-some": (report_some, ["maximize"], {}),
    "prune-all": (prune_all, ["minimize"], {}),
    "overflow": (overflow, ["minimize"], {}),
    "steps": (steps, ["minimize"], {}),
    "change-ranges": (change_ranges, ["minimize"], {}),
    "change-ranges by groups": (change_ranges, ["minimize"], {"group": True}),
    "conditional by groups": (conditional, ["minimize"], {"group": True}),
    "two-values": (two_values, ["minimize", "maximize"], {}),
    "two-values together": (two_values, ["minimize", "maximize"], {"multivariate": True}),
    "three-values": (three_values, ["minimize"] * 3, {}),
}
RULES = {
    "optuna-5": lambda: {},
    "optuna-4": lambda: {"multivariate": False, "constant_liar": False},
    "hyperopt": lambda: {**optuna.samplers.TPESampler.hyperopt_parameters(), **RULES["optuna-4"]()},
}


def search(objective, seed, workers, directions=("minimize",), options={}):
    study = optuna.create_study(directions=directions, sampler=optuna.samplers.TPESampler(seed=seed, **options))
    running = []

    def tell(trial, value):
        pruned = optuna.trial.TrialState.PRUNED
        failed = optuna.trial.TrialState.FAIL
        if value is None:
            study.tell(trial, state=pruned)
        elif value != value:
            study.tell(trial, state=failed)
        else:
            study.tell(trial, value)

    for number in range(TRIALS):
        if number >= workers:
            tell(*running.pop(0))
        trial = study.ask()
        running.append((trial, objective(trial)))
    for each in running:
        tell(*each)
    return study


def print_last():
    """Prints the last trial of searches in which NumPy keeps the order of equal observations."""

    class Numbers(types.ModuleType):
        def __getattr__(self, name):
            return getattr(numpy, name)

    numbers = Numbers("numpy")
    numbers.argsort = lambda values: numpy.argsort(values, kind="stable")
    parzen_estimator.np = numbers
    searches = [
        (name, rules, objective, ["minimize"], create())
        for rules, create in RULES.items()
        for name, objective in OBJECTIVES.items()
    ] + [(name, "optuna-5", *rest) for name, rest in DIFFICULT.items()]
    tied = [("mixed", "optuna-4", 1), ("conditional", "hyperopt", 1)]  # equally good candidates: rounding decides
    lines = [
        {"name": name, "rules": rules, "workers": workers, "params": study.trials[-1].params}
        for name, rules, objective, directions, options in searches
        for workers in (1, 8)
        if (name, rules, workers) not in tied
        for study in [search(objective, 0, workers, directions, options)]
    ]
    print("[\n" + ",\n".join(json.dumps(line) for line in lines) + "\n]")


def ten_parameters(trial):
    rates = [trial.suggest_float(f"rate{i}", 1e-6, 1, log=True) for i in range(3)]
    shares = [trial.suggest_float(f"share{i}", 0, 1) for i in range(3)]
    sizes = [trial.suggest_int(f"size{i}", 1, 512) for i in range(2)]
    kinds = [trial.suggest_categorical(f"kind{i}", ["a", "b", "c", "d"]) for i in range(2)]
    return (
        sum((math.log10(rate) + 3) ** 2 for rate in rates)
        + sum((share - 0.3) ** 2 for share in shares)
        + sum((size - 64) ** 2 / 4096 for size in sizes)
        + sum("abcd".index(kind) for kind in kinds)
    )


def create_finished_study(count):
    """A study with finished trials like those of performance/studies/ask-tell.ts."""
    rng = numpy.random.RandomState(0)
    rate = optuna.distributions.FloatDistribution(1e-6, 1, log=True)
    share = optuna.distributions.FloatDistribution(0, 1)
    size = optuna.distributions.IntDistribution(1, 512)
    kind = optuna.distributions.CategoricalDistribution(["a", "b", "c", "d"])
    scales = {
        **{f"rate{i}": (rate, lambda unit: math.exp((1 - unit) * math.log(1e-6))) for i in range(3)},
        **{f"share{i}": (share, lambda unit: unit) for i in range(3)},
        **{f"size{i}": (size, lambda unit: 1 + int(512 * unit)) for i in range(2)},
        **{f"kind{i}": (kind, lambda unit: "abcd"[int(4 * unit)]) for i in range(2)},
    }
    distributions = {name: distribution for name, (distribution, _) in scales.items()}
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=0))
    for number in range(count):
        units = rng.normal(0.4, 0.1, 10) if number % 2 == 1 else rng.rand(10)
        units = [min(0.999, max(0, unit)) for unit in units]
        params = {name: scale(unit) for (name, (_, scale)), unit in zip(scales.items(), units)}
        value = 100 * rng.rand()
        study.add_trial(optuna.trial.create_trial(params=params, distributions=distributions, value=value))
    return study


def serve_speed():
    """Answers lines {"finished", "calls"} with the milliseconds of processor time of each call of ask and tell."""
    studies = {}
    for line in sys.stdin:
        request = json.loads(line)
        count = request["finished"]
        if count not in studies:
            studies[count] = create_finished_study(count)
        times = []
        for _ in range(request["calls"]):
            start = time.process_time()
            trial = studies[count].ask()
            studies[count].tell(trial, ten_parameters(trial))
            times.append(1000 * (time.process_time() - start))
        print(json.dumps({"times": times, "version": optuna.__version__}), flush=True)


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    warnings.simplefilter("ignore")
    if sys.argv[1:] == ["last"]:
        return print_last()
    if sys.argv[1:] == ["speed"]:
        return serve_speed()
    for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 50):
        for name, objective in OBJECTIVES.items():
            for workers in (1, 8):
                study = search(objective, seed, workers)
                line = {"objective": name, "workers": workers, "seed": seed, "best": study.best_value}
                print(json.dumps({**line, "params": [trial.params for trial in study.trials]}), flush=True)


main()
