"""Durability: swaps under load, kills, full disks, damaged files."""
