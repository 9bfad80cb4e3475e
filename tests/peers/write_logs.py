"""Has the real Inspect write logs into a folder.

Usage: write_logs.py FOLDER, or for the runs that end their own process: write_logs.py FOLDER TASK FORMAT
"""

import os
import subprocess
import sys
from pathlib import Path

import offline  # noqa: F401

sys.path.insert(0, str(Path(__file__).parent / "tasks"))

import running  # noqa: E402
import scoring  # noqa: E402
from inspect_ai import eval as run  # noqa: E402
from inspect_ai.log import (  # noqa: E402
    ProvenanceData,
    TagsEdit,
    edit_eval_log,
    edit_score,
    invalidate_samples,
    read_eval_log,
    recompute_metrics,
    write_eval_log,
)
from inspect_ai.model import ModelOutput, ModelUsage, get_model  # noqa: E402
from inspect_ai.scorer import ScoreEdit  # noqa: E402

FORMATS = ("eval", "json")
SCORING = [
    "reducers",
    "one_reducer",
    "default_reducer",
    "no_reducer",
    "threshold_reducer",
    "unscored",
    "never_scored",
    "numbers",
    "constant",
    "texts",
    "one_sample",
    "clustered",
    "by_group",
    "dictionaries",
    "dictionary_parts",
    "lists",
    "categories",
    "own_metrics",
    "same_name",
]
# Numbers and shapes that the two containers could write differently; metrics do not depend on the container.
SCORING_JSON = ["reducers", "unscored", "numbers", "texts", "dictionaries", "lists", "categories", "by_group"]
RUNNING: dict[str, tuple[str, dict]] = {
    "error-stops-the-run": ("errors", {"fail_on_error": True}),
    "error-goes-on": ("errors", {"fail_on_error": False}),
    "error-below-threshold": ("errors", {"fail_on_error": 0.9}),
    "error-at-the-end": ("errors", {"fail_on_error": True, "continue_on_fail": True}),
    "error-and-scored": ("errors", {"fail_on_error": False, "score_on_error": True}),
    "retried": ("retried", {"retry_on_error": 2}),
    "limit-messages": ("messages", {}),
    "limit-tokens": ("tokens", {}),
    "limit-turns": ("turns", {}),
    "limit-time": ("time", {}),
    "limit-working": ("working", {}),
    "limit-custom": ("custom", {}),
    "some-samples": ("plain", {"limit": (2, 5), "tags": ["a", "b"], "metadata": {"k": 1}}),
    "unscored-run": ("plain", {"score": False}),
    "without-samples": ("plain", {"log_samples": False}),
    "long": ("long", {}),
}
WHO = ProvenanceData(author="Evan Brook", reason="flag was leaked")


def answer(messages, tools, choice, config) -> ModelOutput:
    """A model's answer with its own token counts: otherwise the mock would fetch a tokenizer."""
    output = ModelOutput.from_content("mockllm/model", f"answer {len(messages)}: yes")
    output.usage = ModelUsage(input_tokens=10 * len(messages), output_tokens=7, total_tokens=10 * len(messages) + 7)
    return output


def start(folder: Path, name: str, built, form: str, **options) -> Path:
    """Runs one task; answers with the folder of its log."""
    where = folder / "runs" / f"{name}-{form}"
    run(
        built,
        model=get_model("mockllm/model", custom_outputs=answer),
        log_dir=str(where),
        log_format=form,
        display="none",
        ctl_server=False,
        score_display=False,
        log_level="critical",
        **options,
    )
    return where


def evaluate(folder: Path, name: str, built, form: str, **options) -> None:
    keep(folder, start(folder, name, built, form, **options), name, form)


def keep(folder: Path, where: Path, name: str, form: str) -> None:
    """Gives the one log in a folder its name."""
    logs = [path for path in where.iterdir() if path.suffix == f".{form}"]
    if len(logs) != 1:
        raise RuntimeError(f"{name}: {len(logs)} logs")
    logs[0].rename(folder / f"{name}.{form}")


def ended_early(folder: Path, name: str, form: str) -> None:
    """A run that ends its own process, in one of its own."""
    ended = subprocess.run([sys.executable, __file__, str(folder), name, form], check=False)
    if name == "killed" and ended.returncode != 9:
        raise RuntimeError(f"{name}: ended with {ended.returncode}")
    keep(folder, folder / "runs" / f"{name}-{form}", name, form)


def edited(folder: Path, form: str) -> None:
    """What people do to a log after the run."""
    source = folder / f"edited.{form}"
    evaluate(folder, "edited", running.plain(), form)

    def save(name: str, change) -> None:
        log = read_eval_log(str(source))
        write_eval_log(change(log), str(folder / f"{name}.{form}"))

    def flip(log, recompute: bool):
        for sample in log.samples[:5]:
            value = "I" if sample.scores["solved"].value == "C" else "C"
            edit = ScoreEdit(value=value, provenance=WHO)
            edit_score(log, sample.id, "solved", edit, recompute_metrics=recompute, epoch=sample.epoch)
        return log

    def explain(log):
        sample = log.samples[0]
        edit = ScoreEdit(explanation="seen by two", provenance=WHO)
        edit_score(log, sample.id, "solved", edit, epoch=sample.epoch)
        return log

    def add(log):
        for sample in log.samples:
            edit = ScoreEdit(value=0.25 * sample.epoch, provenance=WHO)
            edit_score(log, sample.id, "human", edit, recompute_metrics=False, epoch=sample.epoch)
        recompute_metrics(log)
        return log

    def invalidate(log):
        return invalidate_samples(log, [log.samples[1].uuid, log.samples[4].uuid], WHO)

    def tag(log):
        return edit_eval_log(log, [TagsEdit(tags_add=["reviewed"])], WHO)

    save("edit-recomputed", lambda log: flip(log, True))
    save("edit-stale", lambda log: flip(log, False))
    save("edit-explanation", explain)
    save("edit-added-scorer", add)
    save("edit-invalidated", invalidate)
    save("edit-tags", tag)


def main(folder: Path) -> None:
    for form in FORMATS:
        for name in SCORING if form == "eval" else SCORING_JSON:
            evaluate(folder, name, getattr(scoring, name)(), form)
        for name, (task, options) in RUNNING.items():
            running.attempts.clear()
            evaluate(folder, name, getattr(running, task)(), form, **options)
        edited(folder, form)
        for name in ("cancelled", "killed"):
            ended_early(folder, name, form)
    os.environ["INSPECT_USE_ZSTD"] = "0"
    evaluate(folder, "deflated", running.plain(), "eval")


if __name__ == "__main__":
    target = Path(sys.argv[1]).resolve()
    if len(sys.argv) == 2:
        main(target)
    else:
        start(target, sys.argv[2], getattr(running, sys.argv[2])(), sys.argv[3], max_samples=1, log_buffer=1)
