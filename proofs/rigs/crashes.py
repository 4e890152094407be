"""A database that crashes while programs claim."""

import signal

from django.db import connection

from proofs.rigs.claimed import stormed
from proofs.rigs.cluster import Cluster
from proofs.rigs.server import Server
from proofs.rigs.storm import Truth

HOW = (signal.SIGQUIT, signal.SIGKILL)  # in turn


def in_storm(cluster: Cluster, crashes: int, rivals: int) -> Truth:
    def crash(number: int) -> None:
        cluster.crash(HOW[number % len(HOW)])

    try:
        return stormed(Server(), crashes, crash, rivals=rivals)
    finally:
        connection.close()
