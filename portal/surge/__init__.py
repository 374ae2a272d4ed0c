"""災害時の受付: the switch that puts urgent procedures first and relaxes what they ask."""
