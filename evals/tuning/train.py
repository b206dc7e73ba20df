"""The training itself: all tasks at once, one pass after another over all lessons."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from evals.tuning.lessons import PLAYBOOK, SECOND, SECOND_SHARE, UNKNOWN, Lessons
from evals.tuning.network import AT_ONCE, Encoder, Network, States, half_precision, padded

BATCH = 32
SORTED_AT_ONCE = 24
"""Batches drawn together and sorted by length: little padding, and still another mixture in each pass."""
RATE, HEAD_RATE = 1e-4, 2e-3
ONWARD = 0.5
"""By how much slower a training goes on that begins where an earlier one ended."""
NEW_AGAIN = 3
"""How many times more than the others a new lesson is seen in each pass."""
WARM_UP, FLOOR = 0.1, 0.02
SMOOTHING = 0.05
WEIGHTS = {"hazard": 1.0, "topic": 0.5, "known": 0.5}
"""Of the tasks beside the playbook, which counts one."""
RARE = {"known": {"False": 4.0}}
"""Classes that have few lessons, and how much more each of theirs counts."""
TOKENS_HIDDEN = 0.1
"""Of half of the batches: what one word told alone must be told by the others too."""

Progress = Callable[[int, int, float], None]
"""Called with the step, all steps, and the mean loss since the last call."""


def train(encoder: Encoder, lessons: Lessons, passes: int, progress: Progress, *, onward: bool = False) -> Network:
    """A network trained on all lessons; the same seed gives the same batches.

    `onward`: the encoder begins where an earlier training ended.
    """
    torch.manual_seed(0)
    states = encoder.lower_states(lessons.texts)
    labels = {task: torch.tensor(numbers) for task, numbers in lessons.labels.items()}
    network = Network(
        encoder.upper,
        encoder.config.hidden_size,
        {task: len(names) for task, names in lessons.classes.items() if task != SECOND},
    )
    with half_precision():
        begun = embedded(network, states)
    network.playbooks.data = _centres(begun, labels[PLAYBOOK], len(lessons.classes[PLAYBOOK]))
    losses = {task: _loss(task, lessons.classes[task]) for task in WEIGHTS}
    seen = [*range(len(states)), *NEW_AGAIN * [*lessons.new]]
    steps = passes * -(-len(seen) // BATCH)
    optimizer, schedule = _optimizer(network, steps, RATE * (ONWARD if onward else 1.0))
    network.train()
    recent: list[float] = []
    for step, batch in enumerate(batches(states, seen, passes), 1):
        given, mask = padded([states[i] for i in batch])
        with half_precision():
            vectors = network.embed(given, _some_hidden(mask))
        logits = network.logits(vectors.float())
        loss = _playbook_loss(logits[PLAYBOOK], labels[PLAYBOOK][batch], labels[SECOND][batch])
        loss += sum((losses[task](logits[task], labels[task][batch]) for task in losses), torch.zeros(()))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        recent.append(loss.item())
        if step % 50 == 0:
            progress(step, steps, float(np.mean(recent)))
            recent.clear()
    return network.eval()


def embedded(network: Network, states: list[States]) -> NDArray[np.float32]:
    """Vectors of texts whose lower states are given, shape (texts, hidden)."""
    network.eval()
    found: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(states)
    order = sorted(range(len(states)), key=lambda i: len(states[i]))
    with torch.no_grad():
        for start in range(0, len(order), AT_ONCE):
            batch = order[start : start + AT_ONCE]
            rows = network.embed(*padded([states[i] for i in batch])).float().numpy()
            for row, i in zip(rows, batch, strict=True):
                found[i] = row
    return np.stack(found)


def _centres(vectors: NDArray[np.float32], labels: Tensor, count: int) -> Tensor:
    return torch.from_numpy(np.stack([vectors[(labels == number).numpy()].mean(axis=0) for number in range(count)]))


def _playbook_loss(logits: Tensor, first: Tensor, second: Tensor) -> Tensor:
    known = first != UNKNOWN
    if not bool(known.any()):
        return torch.zeros(())
    shares = functional.one_hot(first[known], logits.shape[1]).float()
    both = second[known] != UNKNOWN
    shares[both] += SECOND_SHARE * (functional.one_hot(second[known][both], logits.shape[1]) - shares[both])
    return functional.cross_entropy(logits[known], shares, label_smoothing=SMOOTHING)


def _loss(task: str, names: list[str]) -> Callable[[Tensor, Tensor], Tensor]:
    rare = torch.tensor([RARE.get(task, {}).get(name, 1.0) for name in names])

    def loss(logits: Tensor, wanted: Tensor) -> Tensor:
        if bool((wanted == UNKNOWN).all()):
            return torch.zeros(())
        return WEIGHTS[task] * functional.cross_entropy(
            logits, wanted, weight=rare, ignore_index=UNKNOWN, label_smoothing=SMOOTHING
        )

    return loss


def _optimizer(
    network: Network, steps: int, rate: float
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    heads = [network.playbooks, *network.heads.parameters()]
    groups = [{"params": network.upper.parameters(), "lr": rate}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)

    def share(step: int) -> float:
        return min(1.0, (step + 1) / (WARM_UP * steps)) * max(FLOOR, 1 - step / steps)

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, share)


def batches(states: list[States], seen: list[int], passes: int) -> Iterator[list[int]]:
    """The places of `states` that are learned from at once; `seen` are those of one pass."""
    drawn = np.random.default_rng(0)
    for _ in range(passes):
        order = drawn.permutation(seen)
        alike: list[list[int]] = []
        for start in range(0, len(order), BATCH * SORTED_AT_ONCE):
            near = sorted(order[start : start + BATCH * SORTED_AT_ONCE].tolist(), key=lambda i: len(states[i]))
            alike += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
        for place in drawn.permutation(len(alike)):
            yield alike[place]


def _some_hidden(mask: Tensor) -> Tensor:
    if torch.rand(1) < 0.5:
        return mask
    kept = (torch.rand(mask.shape) > TOKENS_HIDDEN) | ~mask
    kept[:, 0] = True
    return mask & kept
