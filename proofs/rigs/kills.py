"""Workers and servers that are killed while programs claim."""

from proofs.rigs.claimed import stormed
from proofs.rigs.server import Server
from proofs.rigs.storm import Truth


def in_storm(kills: int, application: str, rivals: int) -> Truth:
    """Kills a worker and the whole server in turn, with a storm over them."""
    server = Server(application)

    def kill(number: int) -> None:
        if number % 2:
            server.kill_all()
        else:
            server.kill_a_worker()

    return stormed(server, kills, kill, rivals=rivals)
