"""Runs that do not go smoothly: errors, retries, limits, cancellation."""

import asyncio
import os
import signal

from inspect_ai import Task, task
from inspect_ai.scorer import Score, accuracy, scorer, stderr
from inspect_ai.solver import Generate, TaskState, generate, solver
from inspect_ai.util import LimitExceededError
from material import dataset, draw, silent


@scorer(metrics=[accuracy(), stderr()])
def solved():
    async def score(state, target):
        return Score(value=["C", "I"][draw("solved", state, 2)])

    return score


@solver
def failing(ids: list[int]):
    """Fails on some samples, in their first epoch."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        if state.sample_id in ids and state.epoch == 1:
            raise ValueError(f"the sandbox of {state.sample_id} went away: \x1b[31mred\x1b[0m <b>")
        return state

    return solve


attempts: dict[object, int] = {}


@solver
def failing_once():
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        key = (state.sample_id, state.epoch)
        seen = attempts.get(key, 0)
        attempts[key] = seen + 1
        if state.sample_id == 2 and seen == 0:
            raise RuntimeError("first try")
        return state

    return solve


@solver
def talking(turns: int):
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        for _ in range(turns):
            state = await generate(state)
        return state

    return solve


@solver
def sleeping(seconds: float):
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        if state.sample_id == 2:
            await asyncio.sleep(seconds)
        return state

    return solve


@solver
def limiting():
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        if state.sample_id == 2:
            raise LimitExceededError("custom", value=3, limit=2, message="enough")
        return state

    return solve


@solver
def interrupted(how: str, after: int):
    """Ends the process, by Ctrl+C or at once, when so many samples are done."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        if state.sample_id == after + 1:
            if how == "killed":
                # The file's last flush comes a moment after the sample.
                await asyncio.sleep(2)
                os._exit(9)
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.sleep(30)
        return state

    return solve


@task
def errors():
    return Task(dataset=dataset(6), solver=failing([2, 5]), scorer=solved(), epochs=2)


@task
def retried():
    return Task(dataset=dataset(4), solver=failing_once(), scorer=solved(), epochs=2)


@task
def messages():
    return Task(dataset=dataset(3), solver=talking(9), scorer=solved(), message_limit=5)


@task
def tokens():
    return Task(dataset=dataset(3), solver=talking(4), scorer=solved(), token_limit=30)


@task
def turns():
    return Task(dataset=dataset(3), solver=talking(4), scorer=solved(), turn_limit=2)


@task
def time():
    return Task(dataset=dataset(3), solver=sleeping(4), scorer=solved(), time_limit=1)


@task
def working():
    return Task(dataset=dataset(3), solver=sleeping(4), scorer=solved(), working_limit=1)


@task
def custom():
    return Task(dataset=dataset(3), solver=limiting(), scorer=solved())


@task
def cancelled():
    return Task(dataset=dataset(5), solver=interrupted("cancelled", 3), scorer=solved())


@task
def killed():
    return Task(dataset=dataset(5), solver=interrupted("killed", 3), scorer=solved())


@task
def plain():
    return Task(dataset=dataset(8), solver=silent(), scorer=solved(), epochs=2)


@task
def long():
    """Transcripts of some size, for the rate."""
    return Task(dataset=dataset(60), solver=[talking(40), generate()], scorer=solved())
