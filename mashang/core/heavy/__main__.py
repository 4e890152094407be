"""`python -m mashang.core.heavy MODULE MEMORY`: what a lane starts (`helper`)."""

import sys

from mashang.core.heavy.helper import serve

serve(sys.argv[1], int(sys.argv[2]))
