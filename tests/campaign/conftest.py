"""The long campaign, as a profile: what is drawn once in the suite is drawn 200 times."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "campaign", max_examples=20_000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
