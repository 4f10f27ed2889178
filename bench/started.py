"""The command line of the hall, which first says when its modules were loaded.

Only for `bench.restart`: how long loading takes is the interpreter's affair and the disk's, the rest is ours.
"""

import sys
import time

import server

if __name__ == "__main__":
    print(time.monotonic(), flush=True)
    sys.exit(server.main(sys.argv[1:]))
