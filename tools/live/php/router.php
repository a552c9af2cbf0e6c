<?php
// What a web server does: files are served, and with rewriting WordPress answers all the rest, robots.txt too.
// Notes every request.
$folder = getenv('LIVE_FOLDER');
file_put_contents(getenv('LIVE_LOG'), $_SERVER['REQUEST_URI'] . "\n", FILE_APPEND);
$path = rawurldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/');
if ($folder && !str_starts_with("$path/", "$folder/")) {
    http_response_code(404);
    return true;
}
$file = getenv('LIVE_SITE') . substr($path, strlen($folder));
if (is_file($file) && !str_ends_with($file, '.php')) {
    header('Content-Type: ' . (['css' => 'text/css', 'js' => 'text/javascript', 'png' => 'image/png',
        'pdf' => 'application/pdf'][pathinfo($file, PATHINFO_EXTENSION)] ?? 'application/octet-stream'));
    readfile($file);
    return true;
}
$script = substr($path, strlen($folder)) ?: '/';
if (preg_match('~^(/index\.php)(/.*)$~', $script, $parts)) {
    [, $script, $_SERVER['PATH_INFO']] = $parts;
} elseif (!is_file($file)) {
    if (!getenv('LIVE_REWRITES') && $script !== '/') {
        http_response_code(404);
        return true;
    }
    $script = '/index.php';
}
define('ABSPATH', getenv('LIVE_SITE') . '/'); // see start.php
$_SERVER['SCRIPT_NAME'] = $folder . $script;
$_SERVER['PHP_SELF'] = $_SERVER['SCRIPT_NAME'] . ($_SERVER['PATH_INFO'] ?? '');
$_SERVER['SCRIPT_FILENAME'] = getenv('LIVE_SITE') . $script;
chdir(dirname($_SERVER['SCRIPT_FILENAME']));
require $_SERVER['SCRIPT_FILENAME'];
