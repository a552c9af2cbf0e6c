"""Watches over crawls: health and rhythm of portals, alerts, and schedules that run crawls unattended."""
