"""The pace is the same for all that is compared: no delay, eight requests at a time."""

SAME_FOR_ALL = {
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "ROBOTSTXT_OBEY": True,
}
