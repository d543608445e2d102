"""Random changes to random claims files: the value is what was asked for, every other byte is as it was.

python tests/prove/prove_edits.py [HOW MANY]
"""

from __future__ import annotations

import sys

from random_edits import fault_of

if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    faults = [(seed, fault) for seed in range(count) if (fault := fault_of(seed))]
    for seed, fault in faults[:5]:
        print(f"seed {seed}: {fault}\n")
    print(f"{count} changes, {len(faults)} faults")
    sys.exit(1 if faults else 0)
