"""The one place where parts are joined. The server, the command line and the evaluation all start here.

from assistant.assembly import open_improv

with open_improv() as improv:
    print(improv.suggest("the room is not ready and the guest is furious").actions[0].text)
"""

from assistant.assembly.improv import Advised, Improv, open_improv

__all__ = ["Advised", "Improv", "open_improv"]
