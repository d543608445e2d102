"""Every number to 9,999 and round ones to a milliard, as a library spells them: `prove_numbers.py [LANGUAGE ...]`.

Each must be read as itself and as nothing else, in every language whose number words both know.
"""

from __future__ import annotations

import sys

from numbers_spelled import LANGUAGES, misread

ROUND = sorted(
    {
        many * 10**power
        for power in range(4, 10)
        for many in (*range(1, 31), 40, 50, 75, 99, 100, 101, 250, 333, 999)
        if many * 10**power <= 10**9
    }
)


def main() -> int:
    """Print what is misread, by language."""
    failed = 0
    for language in sys.argv[1:] or LANGUAGES:
        wrong = misread(language, [*range(10_000), *ROUND])
        print(f"{language}: {10_000 + len(ROUND)} numbers in words, {len(wrong)} misread{''.join(map(str, wrong[:5]))}")
        failed += len(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
