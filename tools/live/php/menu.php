<?php
// Gives WordPress a menu of its categories ("menu") or none. A script of its own: addresses are as the last one left
// the permalinks.
require __DIR__ . '/start.php';

// A menu is a post of the type wp_navigation for block themes, and a term for classic ones.
foreach (get_posts(['post_type' => 'wp_navigation', 'post_status' => 'any', 'numberposts' => -1]) as $old) {
    wp_delete_post($old->ID, true);
}
foreach (wp_get_nav_menus() as $old) {
    wp_delete_nav_menu($old);
}
if ($argv[1] === 'menu') {
    $menu = wp_create_nav_menu('Danh mục');
    $links = '';
    foreach (get_categories(['hide_empty' => false, 'parent' => 0, 'exclude' => get_option('default_category')]) as $category) {
        wp_update_nav_menu_item($menu, 0, ['menu-item-object-id' => $category->term_id, 'menu-item-object' => 'category',
            'menu-item-type' => 'taxonomy', 'menu-item-status' => 'publish']);
        $link = ['label' => $category->name, 'type' => 'category', 'id' => $category->term_id,
            'url' => get_category_link($category), 'kind' => 'taxonomy'];
        $links .= '<!-- wp:navigation-link ' . wp_json_encode($link) . ' /-->';
    }
    set_theme_mod('nav_menu_locations', ['primary' => $menu]);
    wp_insert_post(wp_slash(['post_type' => 'wp_navigation', 'post_status' => 'publish', 'post_title' => 'Danh mục',
        'post_content' => $links]));
}
