#!/usr/bin/env python3
"""Whether reading has become twice as slow: smoke.py PROGRAM FOLDER

Processor time of `extract` over the texts of FOLDER (tests/releases), beside that of a fixed piece of work in the same
run: the machine's speed falls out. Ends with 1 where the share is over the limit.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

# Twice what was measured when reading was last made faster.
MOST = 2 * 7.0

SETTINGS = '[site]\nbase_url = "https://press.example/"\nauthority = "press.example,2026"\n'
TIMES = 4


def processor(work):
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def reference():
    # Mostly different bytes, the same on every machine.
    block = bytes((i * i * 31 + i // 7) % 251 for i in range(1 << 18))
    for _ in range(16):
        zlib.compress(block, 9)


def main():
    program, folder = sys.argv[1:]
    texts = sorted(str(path.resolve()) for path in Path(folder).glob("*/source.txt"))
    with tempfile.TemporaryDirectory() as site:
        (Path(site) / "dateline.toml").write_text(SETTINGS)

        def reading():
            for _ in range(TIMES):
                command = [str(Path(program).resolve()), "extract", *texts]
                done = subprocess.run(command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                if done.returncode not in (0, 1):
                    sys.exit(f"{program} extract: exit code {done.returncode}")

        shares = [processor(reading) / processor(reference) for _ in range(5)]
    share = statistics.median(shares)
    print(f"{len(texts)} texts: {share:.2f} times the reference, at most {MOST:.2f}")
    return share > MOST


if __name__ == "__main__":
    sys.exit(main())
