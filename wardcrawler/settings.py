"""Scrapy settings of the project. ``wardcrawler crawl --set KEY=VALUE`` and ``scrapy -s`` override them.

The numbers and the reasons behind them: docs/politeness.md, and docs/architecture.md, "Closed doors".
"""

import os

from scrapy.settings import default_settings

from wardcrawler import pipelines
from wardcrawler.version import __version__

BOT_NAME = "wardcrawler"
SPIDER_MODULES = ["wardcrawler.spiders"]
NEWSPIDER_MODULE = ""  # scrapy genspider writes into the current folder, never into an installation
SPIDER_LOADER_CLASS = "wardcrawler.crawling.portals.registry.PortalLoader"
SPIDER_LOADER_WARN_ONLY = True  # one portal that is wrong must not hide the others
# Files of your own portals, rows as in spiders/portals.csv; ":" between several.
WARDCRAWLER_PORTALS = os.environ.get("WARDCRAWLER_PORTALS", "")

# --- Who we are ------------------------------------------------------------------------------------
WARDCRAWLER_CONTACT = os.environ.get("WARDCRAWLER_CONTACT", "")
USER_AGENT = f"wardcrawler/{__version__} (+{WARDCRAWLER_CONTACT or 'no contact given'})"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "vi,en;q=0.3",
}

# --- Where records go ------------------------------------------------------------------------------
WARDCRAWLER_DB = os.environ.get("WARDCRAWLER_DB", "output/wardcrawler.db")
WARDCRAWLER_MAX_TRIES = 5  # a kept address that failed this often is asked again once a month

# --- Known articles ---------------------------------------------------------------------------------
WARDCRAWLER_RECHECK_SHARE = 0.5  # at most this share of a run's requests asks again for known articles …
WARDCRAWLER_RECHECK_LEAST = 20  # … but so many may always
WARDCRAWLER_TRUST_CLOCK = False  # run even if the clock is behind the last run's start

# --- Files that articles link to: docs/attachments.md ----------------------------------------------
# Off unless asked for: by crawl --attachments, or here for good.
WARDCRAWLER_ATTACHMENTS = os.environ.get("WARDCRAWLER_ATTACHMENTS", "") not in ("", "0", "no", "false")
WARDCRAWLER_FILES_MOST = 500  # so many files of a portal in one run; 0: all there are
WARDCRAWLER_FILES_BYTES = 1024**3  # after so many bytes of them the rest waits for the next run; 0: never
WARDCRAWLER_FILES_AT_ONCE = 2  # of all portals in one process: a file is in memory while it comes
WARDCRAWLER_FILE_MAXSIZE = 64 * 1024 * 1024
WARDCRAWLER_FILE_TIMEOUT = 300
WARDCRAWLER_FILE_RESUMES = 3  # so often a file that breaks off goes on where it broke
WARDCRAWLER_READ_MEMORY = 1024**3  # bytes of address space, …
WARDCRAWLER_READ_CPU = 60  # … seconds of processor …
WARDCRAWLER_READ_WALL = 120  # … and of patience to read the text of one file
WARDCRAWLER_READ_FAILED = False  # read again what could not be read: after an upgrade, or with other limits
WARDCRAWLER_OCR = False  # recognise scans, if tesseract with Vietnamese is installed

# --- Polite by default -----------------------------------------------------------------------------
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "wardcrawler"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.25
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 30.0
WARDCRAWLER_BACKOFF = 5.0  # seconds a host rests after 429 or 503 without Retry-After, doubled each time
WARDCRAWLER_LONGEST_REST = 300.0  # a longer Retry-After closes the portal's crawl until the next run
WARDCRAWLER_MOST_REST = 1800.0  # so much rest in one crawl of a portal: others wait for the database
WARDCRAWLER_MOST_429 = 9  # so many 429 in a row close it too: three addresses with their retries

# --- What a portal lists: docs/portals.md ------------------------------------------------------------
WARDCRAWLER_DISCOVERY_PAGES = 60  # links of a home page that one crawl looks at; the next one goes on
WARDCRAWLER_LOOK_DAYS = 7  # so often a portal is looked over: all its lists, and new ones
WARDCRAWLER_LOOK_DEPTH = 10  # pages of each list that are then read though all on them is known
WARDCRAWLER_NIGHTLY_SECTIONS = 12  # sections that are walked every time: those with the newest articles

# --- Bounded in size and time ----------------------------------------------------------------------
DOWNLOAD_TIMEOUT = 45
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 16 * 1024 * 1024
RETRY_TIMES = 2
REDIRECT_MAX_TIMES = 5
URLLENGTH_LIMIT = 4000
CLOSESPIDER_PAGECOUNT = 20_000  # of one portal in one run: the last guard against traps
# Of addresses that are alike but for their numbers, a family, no further one is asked for; 0: no bound …
WARDCRAWLER_FAMILY_MOST = 2000  # … after so many listing pages in one run,
WARDCRAWLER_FAMILY_REFUSALS = 30  # … after so many pages in a row that were listed as articles and are none
CLOSESPIDER_TIMEOUT = 4 * 3600  # seconds a portal may take in one run; --timeout
WARDCRAWLER_GRACE = 600  # seconds after that until a crawl that does not close is given up

# Pipelines never wait, and for each response Scrapy starts so many tasks: its default of 100 takes 0.8 ms.
# Twice as many items and requests of one listing are taken in one go, before another answer is read.
CONCURRENT_ITEMS = 20

# --- Many portals at once: docs/fleet.md -----------------------------------------------------------
WARDCRAWLER_PORTALS_AT_ONCE = 100  # in one process
WARDCRAWLER_SILENCE = 120  # a worker that gives no sign of life for so many seconds is ended
WARDCRAWLER_WORKER_MIB = 2048  # address space of a worker; 0: no limit

# --- Closed doors ----------------------------------------------------------------------------------
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
# Not even imported: aiohttp, which the remote control is made of, takes 10 MiB and 0.1 s of every process.
EXTENSIONS_BASE = {
    path: order
    for path, order in default_settings.EXTENSIONS_BASE.items()
    if path != "scrapy.extensions.remote_control.RemoteControl"
}
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
TWISTED_DNS_RESOLVER = "wardcrawler.crawling.middlewares.public_resolver.PublicResolver"

# A meta refresh is how challenge stubs and deleted pages send a reader elsewhere: it is an outcome to
# recognise, not a redirect to follow.
METAREFRESH_ENABLED = False

# Scrapy verifies no certificates. A portal that needs less says so in its class (``tls``), or a person
# for one run here: "unverified" or "legacy" (crawling/middlewares/tls.py).
DOWNLOAD_VERIFY_CERTIFICATES = True
WARDCRAWLER_TLS = ""

# The walk itself asks for every address once; a filter below it would only drop, in silence, the
# targets of redirects.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "wardcrawler.crawling.middlewares.declared_hosts.DeclaredHosts": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "wardcrawler.crawling.middlewares.robots.FailClosedRobots": 100,
    "wardcrawler.archives.recording.resumption.Resumption": 150,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "wardcrawler.crawling.middlewares.retry.PatientRetry": 550,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "wardcrawler.crawling.middlewares.cookies.HostCookies": 700,
}
SPIDER_MIDDLEWARES = {
    "wardcrawler.archives.recording.page_requisites.PageRequisites": 900,
    "wardcrawler.crawling.workers.running_portal.RunningPortalMiddleware": 1000,  # next to the portal
}
EXTENSIONS = {
    "wardcrawler.crawling.middlewares.politeness.CrawlDelay": 100,
    "wardcrawler.archives.recording.recorder.Recorder": 150,  # closes its files before the run is judged
    "wardcrawler.crawling.runs.end.RunEnd": 200,
}
ITEM_PIPELINES: dict[str | type, int] = {
    "wardcrawler.crawling.workers.running_portal.RunningPortalPipeline": 0,
    **{each: 100 + place for place, each in enumerate(pipelines.REFINING)},  # clean, date, fingerprint
    "wardcrawler.pipelines.period.Period": 300,
    "wardcrawler.pipelines.store.Store": 400,
}

# --- Archives: docs/archiving.md -------------------------------------------------------------------
WARDCRAWLER_ARCHIVE_ID = 0  # set by the commands: which row of ``archives`` …
WARDCRAWLER_ARCHIVE_PARTS = ""  # … and the folder its WARC files grow in; empty for none
WARDCRAWLER_ARCHIVE_WHOLE = False  # requisites too; what is captured already is not asked for again
WARDCRAWLER_ARCHIVE_SEGMENT = 2**30  # bytes; a WARC file that is larger is followed by another
WARDCRAWLER_ARCHIVE_LARGEST_FILE = 64 * 1024 * 1024  # bytes of a requisite or document
WARDCRAWLER_ARCHIVE_LARGEST_PORTAL = 20 * 2**30  # bytes; beyond it a portal's requisites are left out …
WARDCRAWLER_ARCHIVE_LARGEST = 100 * 2**30  # … and beyond this those of all portals together

# --- Who is told how a crawl ended: docs/operating.md ------------------------------------------------
WARDCRAWLER_PING_URL = os.environ.get("WARDCRAWLER_PING_URL", "")
WARDCRAWLER_WEBHOOK_URL = os.environ.get("WARDCRAWLER_WEBHOOK_URL", "")

# --- The log ---------------------------------------------------------------------------------------
LOG_LEVEL = "INFO"
LOG_FORMATTER = "wardcrawler.crawling.runs.log_formatter.OneLineLogFormatter"
STATS_DUMP = False
