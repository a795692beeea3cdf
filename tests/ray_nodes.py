"""A Ray cluster of two machines, as far as one machine can be two: a raylet each, one core each.

The first line on stdout is the address. Told on stdin: `lose` kills the second machine while it is at a task and
answers `lost`, `end` ends it all.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

from ray.cluster_utils import Cluster

LITTLE = {"num_cpus": 1, "object_store_memory": 100_000_000, "include_dashboard": False}


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def is_at_work(raylet: int) -> bool:
    """Whether a process of a raylet is making a shard, as /proc tells where there is one: Ray names what they do."""
    children = Path(f"/proc/{raylet}/task/{raylet}/children")
    pids = children.read_text(encoding="ascii").split() if children.exists() else []
    titles = (Path(f"/proc/{pid}/cmdline") for pid in pids)
    return not children.exists() or any(b"ray::_make" in title.read_bytes() for title in titles if title.exists())


cluster = Cluster(initialize_head=True, head_node_args=LITTLE)
second = cluster.add_node(num_cpus=1, object_store_memory=100_000_000)
cluster.wait_for_nodes()
say(cluster.address)
for line in sys.stdin:
    if line.strip() == "lose":
        raylet = second.all_processes["raylet"][0].process.pid
        end = time.monotonic() + 60
        while not is_at_work(raylet) and time.monotonic() < end:
            time.sleep(0.005)
        was_at_work = is_at_work(raylet)
        cluster.remove_node(second, allow_graceful=False)
        say("lost" if was_at_work else "lost, but it had nothing to do")
    if line.strip() == "end":
        break
cluster.shutdown()
