<?php
// Prints all posts and pages that the database holds, as JSON: what judge.py judges by.
require __DIR__ . '/start.php';
$found = [];
$every = ['post_type' => ['post', 'page'], 'post_status' => array_keys(get_post_stati()), 'numberposts' => -1];
foreach (get_posts($every) as $post) {
    $kind = $post->post_type === 'page' ? 'page' : $post->post_status;
    if ($kind === 'publish') {
        $kind = $post->post_password === '' ? 'public' : 'password';
    }
    $pages = array_map(
        fn($part) => mb_substr(trim(html_entity_decode(wp_strip_all_tags($part), ENT_QUOTES | ENT_HTML5)), 0, 30),
        explode('<!--nextpage-->', $post->post_content)
    );
    $found[] = [
        'number' => $post->ID,
        'kind' => $kind,
        'urls' => [get_permalink($post), home_url("/?p=$post->ID")],
        'title' => html_entity_decode(get_the_title($post), ENT_QUOTES | ENT_HTML5),
        'published' => get_post_datetime($post)->format(DATE_ATOM),
        'pages' => count($pages) > 1 ? $pages : [],
    ];
}
echo wp_json_encode($found);
