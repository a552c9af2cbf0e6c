<?php
// Starts WordPress for a script of the command line.
// ABSPATH is said beforehand: WordPress's own files are links, and PHP would take where they lead to for its place.
define('ABSPATH', getenv('LIVE_SITE') . '/');
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'SERVER_NAME' => '127.0.0.1', 'REQUEST_METHOD' => 'GET',
    'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_URI' => '/'];
require ABSPATH . 'wp-load.php';
