"""Schedules that run a crawl every night: lines for cron, units for systemd."""
