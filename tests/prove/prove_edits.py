"""Random changes to random claims files, and random renames in random ledgers: what was asked for is done, every other byte is as it was,
and what contradicts what does not change with a name.

python tests/prove/prove_edits.py [HOW MANY]
"""

from __future__ import annotations

import sys

from random_edits import fault_of
from random_renames import fault_of_rename

if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    faults = [fault for find in (fault_of, fault_of_rename) for seed in range(count) if (fault := find(seed))]
    print("\n".join(faults[:5]))
    print(f"{count} changes and as many renames, {len(faults)} faults")
    sys.exit(1 if faults else 0)
