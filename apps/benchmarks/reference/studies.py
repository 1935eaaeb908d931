"""Optuna's TPE on functions with known minima, for a comparison with @footlight/studies.

    pip install optuna
    python apps/benchmarks/reference/studies.py 50 > optuna.jsonl
    npx tsx --conditions=@footlight/source apps/benchmarks/performance/studies/compare-samplers.ts 50 optuna.jsonl

Prints the best value of 100 trials for each seed, function and number of trials at once, one line of JSON each. The
functions are those of performance/studies/objectives.ts.
"""

import json
import math
import sys

import optuna

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


OBJECTIVES = {
    "sphere-5": sphere,
    "branin": branin,
    "hartmann-6": hartmann,
    "rosenbrock-4": rosenbrock,
    "ackley-10": ackley,
    "mixed": mixed,
    "conditional": conditional,
}


def search(objective, seed, workers):
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    running = []
    for number in range(TRIALS):
        if number >= workers:
            study.tell(*running.pop(0))
        trial = study.ask()
        running.append((trial, objective(trial)))
    for trial, value in running:
        study.tell(trial, value)
    return study.best_value


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 50):
        for name, objective in OBJECTIVES.items():
            for workers in (1, 8):
                best = search(objective, seed, workers)
                print(json.dumps({"objective": name, "workers": workers, "seed": seed, "best": best}), flush=True)


main()
