"""The long campaign, as a Hypothesis profile that draws 200 times as much as a normal run."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "campaign", max_examples=20_000, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
