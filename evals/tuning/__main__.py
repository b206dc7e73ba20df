"""Trains the layers for incidents anew: `python -m evals.tuning`, about an hour on two cores.

Raise `EDITION` in `assistant/index/bundled/incident_layers.py` before the run; after it `make vectors`,
then `python -m evals.calibrate coverage`, `across` and `alarm`.
"""

from __future__ import annotations

from pathlib import Path

import click

from assistant.index.bundled.incident_layers import FILE, read_incident_layers, write_incident_layers
from assistant.knowledge.corpus import Corpus
from assistant.settings import load_settings, stay_offline


@click.command(help=__doc__)
@click.option("--passes", default=5, show_default=True, help="How often every lesson is seen.")
@click.option(
    "--onward",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Layers of an earlier edition to begin with: when the corpus has grown, two passes are enough.",
)
def main(passes: int, onward: Path | None) -> None:
    """Train, and write the file that is shipped."""
    stay_offline()
    from evals.tuning.lessons import read_lessons  # torch is imported only once the words above were right
    from evals.tuning.network import Encoder, exported
    from evals.tuning.train import train

    settings = load_settings()
    lessons = read_lessons(Corpus(settings.corpus))
    click.echo(f"{len(lessons.texts)} lessons, {len(lessons.classes['playbook'])} playbooks", err=True)

    def show(step: int, steps: int, loss: float) -> None:
        click.echo(f"\r{step} of {steps}, loss {loss:.3f} ", nl=False, err=True)

    encoder = Encoder(settings.models)
    if onward is not None:
        encoder.go_on_from(read_incident_layers(onward))
    network = train(encoder, lessons, passes, show, onward=onward is not None)
    write_incident_layers(exported(network, encoder))
    click.echo(f"\n{FILE}: {FILE.stat().st_size / 1e6:.1f} MB", err=True)


if __name__ == "__main__":
    main()
