"""The one Telegram session: raw updates in, paced calls out. It knows nothing of cases or incidents."""

import os

# RetryAfter.retry_after as a timedelta, which PTB announces as its only form. Until then its very constructor
# warns, and under warnings-as-errors a 429 would surface as a DeprecationWarning instead of a RetryAfter.
os.environ.setdefault("PTB_TIMEDELTA", "true")
