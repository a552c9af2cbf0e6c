<?php
// Installs WordPress through its own installer; then takes away what that publishes as samples.
define('WP_INSTALLING', true);
function wp_new_blog_notification(...$said) {} // else a mail goes to the administrator
require __DIR__ . '/start.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_http_request', fn() => new WP_Error('closed', 'nothing is served yet'));

wp_install('UBND Phường 47', 'ban-bien-tap', 'ban-bien-tap@example.org', true, '', wp_generate_password(), getenv('LIVE_LANGUAGE'));
foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $sample) {
    wp_delete_post($sample->ID, true);
}
update_option('timezone_string', 'Asia/Ho_Chi_Minh');
update_option('date_format', 'd/m/Y');
