"""Trains the layers for incidents anew: `python -m evals.tuning`, about an hour on two cores.

Raise `EDITION` in `assistant/index/bundled/incident_layers.py` before the run; after it `make vectors`,
then `python -m evals.calibrate coverage`, `across` and `alarm`.
"""

from __future__ import annotations

from pathlib import Path

import click

from assistant.index.bundled.incident_layers import FILE, IncidentLayers, read_incident_layers, write_incident_layers
from assistant.index.shipped import key_of, shipped_keys
from assistant.knowledge.corpus import Corpus
from assistant.settings import load_settings, stay_offline
from evals.tuning.mean import mean_of


@click.command(help=__doc__)
@click.option("--passes", default=5, show_default=True, help="How often every lesson is seen; 0: nothing is trained.")
@click.option(
    "--onward",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Layers of an earlier edition to begin with, of several their mean: when the corpus has grown, one or two "
    "passes are enough. What the shipped vectors do not hold is new, and seen more often.",
)
def main(passes: int, onward: tuple[Path, ...]) -> None:
    """Train, and write the file that is shipped."""
    stay_offline()
    begun = mean_of([read_incident_layers(path) for path in onward]) if onward else None
    if passes:
        layers = _trained(passes, begun)
    elif begun:
        layers = begun
    else:
        raise click.UsageError("Without a pass there must be layers to begin with: name some with --onward.")
    write_incident_layers(layers)
    click.echo(f"\n{FILE}: {FILE.stat().st_size / 1e6:.1f} MB", err=True)


def _trained(passes: int, begun: IncidentLayers | None) -> IncidentLayers:
    from evals.tuning.lessons import read_lessons  # torch is imported only once the words given were right
    from evals.tuning.network import Encoder, exported
    from evals.tuning.train import train

    settings = load_settings()
    seen = shipped_keys("incident") if begun else frozenset()
    lessons = read_lessons(Corpus(settings.corpus), lambda text: bool(seen) and key_of(text) not in seen)
    click.echo(
        f"{len(lessons.texts)} lessons, {len(lessons.new)} of them new, {len(lessons.classes['playbook'])} playbooks",
        err=True,
    )

    def show(step: int, steps: int, loss: float) -> None:
        click.echo(f"\r{step} of {steps}, loss {loss:.3f} ", nl=False, err=True)

    encoder = Encoder(settings.models)
    if begun is not None:
        encoder.go_on_from(begun)
    return exported(train(encoder, lessons, passes, show, onward=begun is not None), encoder)


if __name__ == "__main__":
    main()
