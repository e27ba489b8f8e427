"""mentormatch pairs lean practitioners so that skills are passed on and candidates get to mentor."""

import os

# Tiles of pairs are multiplied on threads of our own; BLAS threads under them would only fight for the same cores.
# It is read when numpy is first imported, so it is said before anything of this package can do that.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
