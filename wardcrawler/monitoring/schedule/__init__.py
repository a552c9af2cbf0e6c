"""What runs crawls every night: lines for cron, units for systemd."""
