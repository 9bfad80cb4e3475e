"""What the tasks are made of: samples, and scores that depend on nothing but the sample and its epoch."""

import hashlib

from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.solver import Generate, TaskState, solver

FAMILIES = ["web", "pwn", "crypto"]
IDS = [1, 2, "web/login: ünïcode", "a..b/c", 9007199254740995, "07", "x y"]


def draw(name: str, state: TaskState, sides: int) -> int:
    """A number in [0, sides) that is the same in every run."""
    key = f"{name}|{state.sample_id}|{state.epoch}".encode()
    return int.from_bytes(hashlib.sha256(key).digest()[:6], "big") % sides


def dataset(count: int, ids: list[int | str] | None = None) -> MemoryDataset:
    names = ids if ids is not None else list(range(1, count + 1))
    return MemoryDataset(
        [
            Sample(
                id=name,
                input=f"question {name} " + "with a long text that is stored apart " * 5,
                target="yes",
                metadata={
                    "family": FAMILIES[place % 3],
                    "level": [1, 2.0, 2.5][place % 3],
                    "hard": place % 2 == 0,
                    "nested": {"deep": [place, None]},
                },
            )
            for place, name in enumerate(names)
        ],
        name="peers",
    )


@solver
def silent():
    """Answers nothing and asks no model: fast."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        return state

    return solve
