"""A Ray cluster of two machines, as far as one machine can be two: a raylet each, one core each.

Told on stdin: `lose` kills the second one, `end` ends it all. The first line on stdout is the address.
"""

from __future__ import annotations

import os
import sys

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

from ray.cluster_utils import Cluster

LITTLE = {"num_cpus": 1, "object_store_memory": 100_000_000, "include_dashboard": False}

cluster = Cluster(initialize_head=True, head_node_args=LITTLE)
second = cluster.add_node(num_cpus=1, object_store_memory=100_000_000)
cluster.wait_for_nodes()
sys.stdout.write(f"{cluster.address}\n")
sys.stdout.flush()
for line in sys.stdin:
    if line.strip() == "lose":
        cluster.remove_node(second, allow_graceful=False)
        sys.stdout.write("lost\n")
        sys.stdout.flush()
    if line.strip() == "end":
        break
cluster.shutdown()
