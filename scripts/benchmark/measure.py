#!/usr/bin/env python3
"""measure.py COMMAND [ARGUMENT...]

Runs a command and prints its wall seconds, CPU seconds (user and system) and peak memory in MiB,
separated by blanks. What the command says on standard output goes to standard error. Exits with
the command's status.
"""
import os
import sys
import time


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    start = time.monotonic_ns()
    process = os.posix_spawnp(
        sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
    _, status, usage = os.wait4(process, 0)
    wall = time.monotonic_ns() - start
    # Linux counts ru_maxrss in KiB, and from before the exec on: this interpreter's own few MiB
    # are the least that can be shown.
    cpu = usage.ru_utime + usage.ru_stime
    print(f"{wall / 1e9:.2f} {cpu:.2f} {(usage.ru_maxrss + 512) // 1024}")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
