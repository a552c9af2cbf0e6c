<?php
// Sets WordPress up as standard input says: a variant (variants.py) with "home", the address it is served at.
require __DIR__ . '/start.php';
$variant = json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR);

update_option('siteurl', $variant['home']);
update_option('home', $variant['home']);
switch_theme($variant['theme']);
update_option('permalink_structure', $variant['permalinks']);
delete_option('rewrite_rules'); // made anew by the next request

$pages = get_posts(['post_type' => 'page', 'numberposts' => -1, 'orderby' => 'ID', 'order' => 'ASC']);
update_option('show_on_front', $variant['static_front'] ? 'page' : 'posts');
update_option('page_on_front', $variant['static_front'] ? $pages[0]->ID : 0);
update_option('page_for_posts', $variant['static_front'] ? $pages[1]->ID : 0);
