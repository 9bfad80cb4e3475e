"""Reads every log in a folder with Inspect's own reader and writes what it found to expected.json.

Usage: read_logs.py FOLDER. Numbers that JSON has none for are null.
"""

import json
import math
import sys
import time
from copy import deepcopy
from pathlib import Path

import offline  # noqa: F401

sys.path.insert(0, str(Path(__file__).parent / "tasks"))

import scoring  # noqa: E402,F401
from inspect_ai.log import EvalLog, EvalSample, read_eval_log, recompute_metrics  # noqa: E402
from inspect_ai.scorer import Score, value_to_float  # noqa: E402

to_float = value_to_float()


def plain(value):
    """A value as strict JSON."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def score_of(score: Score) -> dict:
    scalar = not isinstance(score.value, dict | list)
    edited = len(score.history) > 1 and score.history[0].provenance is None
    return {
        "value": plain(score.value),
        "number": plain(to_float(score.value)) if scalar else None,
        "original": {"value": plain(score.history[0].value)} if edited else None,
    }


def sample_of(sample: EvalSample) -> dict:
    usage = sample.model_usage.values()
    return {
        "id": str(sample.id),
        "epoch": sample.epoch,
        "scores": {name: score_of(score) for name, score in (sample.scores or {}).items()},
        "error": None if sample.error is None else sample.error.message,
        "limit": None if sample.limit is None else sample.limit.type,
        "invalidated": sample.invalidation is not None,
        "retries": len(sample.error_retries or []),
        "messages": len(sample.messages),
        "totalTokens": sum(one.total_tokens for one in usage) if usage else None,
        "totalSeconds": sample.total_time,
    }


def rows_of(log: EvalLog) -> list[dict]:
    """Every metric of the results."""
    return [
        {
            "scorer": score.scorer,
            "name": score.name,
            "reducer": score.reducer,
            "metric": key,
            "value": plain(metric.value),
            "of": metric.group or metric.name,
        }
        for score in (log.results.scores if log.results else [])
        for key, metric in score.metrics.items()
    ]


def recomputed_rows(log: EvalLog) -> list[dict] | None:
    """The same after Inspect computed them again; None where it cannot."""
    if log.results is None or not log.samples:
        return None
    again = deepcopy(log)
    try:
        recompute_metrics(again)
    except Exception as error:
        print(f"{Path(log.location).name}: Inspect cannot recompute: {error}")
        return None
    return rows_of(again)


def facts_of(path: Path) -> dict:
    started = time.perf_counter()
    log = read_eval_log(str(path))
    seconds = time.perf_counter() - started
    return {
        "readSeconds": seconds,
        "status": log.status,
        "version": log.version,
        "task": log.eval.task,
        "model": log.eval.model,
        "inspect": log.eval.packages["inspect_ai"],
        "evalId": log.eval.eval_id,
        "epochs": log.eval.config.epochs,
        "reducers": log.eval.config.epochs_reducer,
        "sampleIds": [str(one) for one in log.eval.dataset.sample_ids or []],
        "tags": log.tags,
        "samples": [sample_of(one) for one in log.samples or []],
        "metrics": rows_of(log),
        "recomputed": recomputed_rows(log),
    }


def main(folder: Path) -> None:
    logs = sorted(path for path in folder.iterdir() if path.suffix == ".eval" or path.suffix == ".json")
    expected = {path.name: facts_of(path) for path in logs}
    (folder / "expected.json").write_text(json.dumps(expected, allow_nan=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
