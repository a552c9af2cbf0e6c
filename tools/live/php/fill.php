<?php
// Publishes what standard input says (content.py), through WordPress's own functions.
require __DIR__ . '/start.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
$content = json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR);
wp_set_current_user(get_users(['number' => 1])[0]->ID); // whose rights let every kind of HTML through

function must($made)
{
    if (is_wp_error($made)) {
        fwrite(STDERR, $made->get_error_message() . "\n");
        exit(1);
    }
    return $made;
}

$categories = [];
foreach ($content['categories'] as $category) {
    $under = $category['parent'] ? $categories[$category['parent']] : 0;
    $categories[$category['name']] = must(wp_insert_term($category['name'], 'category', ['parent' => $under]))['term_id'];
}

$places = [];
foreach ($content['files'] as $key => $file) {
    $saved = wp_upload_bits($file['name'], null, base64_decode($file['base64']));
    must($saved['error'] ? new WP_Error('upload', $saved['error']) : 1);
    $post = ['post_title' => $file['name'], 'post_mime_type' => $saved['type'], 'guid' => $saved['url']];
    $number = must(wp_insert_attachment($post, $saved['file'], 0, true));
    wp_update_attachment_metadata($number, wp_generate_attachment_metadata($number, $saved['file']));
    $places["%file:$key%"] = wp_make_link_relative($saved['url']); // its host and folder change with the variant
}

foreach ($content['pages'] as $page) {
    must(wp_insert_post(wp_slash(['post_type' => 'page', 'post_status' => 'publish', 'post_title' => $page['title'],
        'post_content' => $page['html'], 'post_date' => '2021-03-01 08:00:00']), true));
}

foreach ($content['posts'] as $post) {
    $fields = ['post_title' => $post['title'], 'post_content' => strtr($post['html'], $places),
        'post_date' => $post['date'], 'post_status' => $post['status'], 'post_password' => $post['password'],
        'post_category' => array_map(fn($name) => $categories[$name], $post['categories'])];
    $number = must(wp_insert_post(wp_slash($fields), true));
    if ($post['edited']) { // WordPress notes the time of now as that of the edit
        must(wp_update_post(['ID' => $number, 'post_excerpt' => ''], true));
    }
    if ($post['sticky']) {
        stick_post($number);
    }
}
