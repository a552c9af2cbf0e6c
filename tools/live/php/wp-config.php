<?php
// The settings of the throw-away instance. What differs from run to run comes with the environment.
if (!defined('ABSPATH')) {
    define('ABSPATH', getenv('LIVE_SITE') . '/');
}
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('LIVE_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('WP_CONTENT_DIR', getenv('LIVE_SITE') . '/wp-content');
// It asks nobody for updates and runs no jobs of its own: every request that is counted is the crawler's.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
