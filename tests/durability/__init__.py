"""What happens when the ground shakes: swaps under load, kills, full disks, damaged files."""
