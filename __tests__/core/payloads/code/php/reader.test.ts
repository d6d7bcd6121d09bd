// The reader of PHP: a program, and what running it would do.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: PHP, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { reader } from '../../../../../src/core/payloads/code/php/reader.ts';
import { effectLines, type Scene } from '../effect-lines.ts';

type Case = readonly [code: string, ...effects: string[]];
const check = (code: string, expected: readonly string[], scene?: Scene): void =>
  expect(effectLines(reader, `<?php ${code}`, scene)).toEqual(expected);

describe('files', () => {
  test.each<Case>([
    ["unlink('/srv/a'); @unlink($path);", 'delete /srv/a', 'delete …'],
    [
      "rmdir('a'); rename('b', 'c'); copy('d', 'e'); mkdir('f', 0777, true);",
      'run rmdir a',
      'run mv b c',
      'run cp d e',
      'run mkdir -p f',
    ],
    ["array_map('unlink', glob('/data/*.log'));", 'delete many /data/*.log'],
    ['foreach (glob("$dir/*.tmp") as $f) { unlink($f); }', 'delete many …/*.tmp'],
    ["foreach (scandir('/data') as $e) if ($e !== '.') unlink('/data/' . $e);", 'delete many /data/*'],
    [
      'function wipe($d) { foreach (array_diff(scandir($d), [".", ".."]) as $e) { is_dir("$d/$e") ? wipe("$d/$e") : unlink("$d/$e"); } rmdir($d); } wipe("/data");',
      'delete many /data/*',
      'run rmdir /data',
    ],
    [
      "foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator('/data')) as $f) { unlink($f->getRealPath()); }",
      'delete many /data/*',
    ],
    ["file_put_contents('a', 'x'); file_put_contents('b', 'y', FILE_APPEND);", 'write a "x"', 'append b "y"'],
    ["$h = fopen('a', 'w'); fwrite($h, 'x'); fclose($h);", 'write a ""', 'append a "x"'],
    ["$h = fopen('a', 'r+'); ftruncate($h, 0);", 'truncate a'],
    ["echo file_get_contents('a'); readfile('b'); fopen('php://output', 'w');"],
    ["unlink(tempnam(sys_get_temp_dir(), 'x'));", 'delete /tmp/…'],
    ["chdir('/srv'); unlink('a'); exec('make');", 'delete /srv/a', 'shell make in /srv'],
    [
      "unlink(__DIR__ . '/../x'); unlink(dirname(__FILE__) . '/y');",
      'delete /srv/acme/shop/bin/../x',
      'delete /srv/acme/shop/bin/y',
    ],
    [
      "use Symfony\\Component\\Filesystem\\Filesystem; (new Filesystem())->remove(['a', 'b']);",
      'delete tree a',
      'delete tree b',
    ],
    [
      "File::deleteDirectory(storage_path('app')); File::delete('a', 'b');",
      'delete tree /srv/acme/shop/storage/app',
      'delete a',
      'delete b',
    ],
    ["Storage::deleteDirectory('invoices');", 'delete tree storage/app/invoices'],
    ["echo 'unlink(\"/\")'; // unlink('x');"],
  ])('%s', (code, ...effects) => check(code, effects, { path: '/srv/acme/shop/bin/run.php' }));
});

describe('processes', () => {
  test.each<Case>([
    [
      "exec('rm -rf a'); system('b'); passthru('c'); popen('d', 'r');",
      'shell rm -rf a',
      'shell b',
      'shell c',
      'shell d',
    ],
    ['$o = `ls $dir/x`; echo shell_exec("git {$a[\'b\']} -f");', 'shell ls …/x', 'shell git … -f'],
    ["proc_open(['rm', '-r', 'a'], [], $pipes, '/srv');", 'run rm -r a in /srv'],
    ["pcntl_exec('/bin/rm', ['-r', 'a']); unlink('never');", 'run /bin/rm -r a'],
    ["exec('rm ' . escapeshellarg('a b') . ' ' . escapeshellarg($x));", "shell rm 'a b' …"],
    [
      "use Symfony\\Component\\Process\\Process; $p = new Process(['make', 'x'], '/srv'); $p->mustRun();",
      'run make x in /srv',
    ],
    ["Process::fromShellCommandline('make')->run();", 'shell make'],
    ["Process::path('/srv')->run('make');", 'shell make in /srv'],
    ["putenv('PGHOST=db'); exec('psql');", 'shell psql with PGHOST=db'],
    [
      "call_user_func('system', 'a'); $f = 'exec'; $f('b'); call_user_func_array('passthru', ['c']);",
      'shell a',
      'shell b',
      'shell c',
    ],
    ["$lines = []; exec('ls', $lines); foreach ($lines as $l) echo $l;", 'shell ls'],
  ])('%s', (code, ...effects) => check(code, effects));
});

describe('values and control flow', () => {
  test.each<Case>([
    ['function never() { unlink("a"); }'],
    ['go("a"); function go($x, $y = "b") { unlink($x); unlink($y); }', 'delete a', 'delete b'],
    ['foreach (["a" => 1, "b" => 2] as $k => $v) { unlink("$k$v"); }', 'delete a1', 'delete b2'],
    ['unlink(getenv("NONE") ?: "out"); unlink($_ENV["NONE"] ?? "o2");', 'delete out', 'delete o2'],
    ['unlink($argv[1] ?? "x");', 'delete x'],
    ['$p = $ok ? "/a/b" : "/a/c"; unlink($p);', 'delete /a/…'],
    ['if (true) { unlink("a"); } elseif ($x) { unlink("b"); } else { unlink("c"); }', 'delete a'],
    ['if ($x) unlink("a"); elseif ($y) unlink("b"); else unlink("c");', 'delete a', 'delete b', 'delete c'],
    ['$dry = true; if (!$dry) unlink("a");'],
    [
      'switch ($x) { case 1: unlink("a"); break; default: unlink("b"); } unlink("c");',
      'delete a',
      'delete b',
      'delete c',
    ],
    ['try { unlink("a"); } catch (E $e) { unlink("b"); } finally { unlink("c"); }', 'delete a', 'delete b', 'delete c'],
    ['if (!$sure) { exit(1); } unlink("a");', 'delete a'],
    ['die; unlink("a");'],
    ['for ($i = 0; $i < 3; $i++) { unlink("f"); }', 'delete f'],
    ['match($x) { 1 => unlink("a"), default => unlink("b") };', 'delete a', 'delete b'],
    [
      '$f = fn($x) => unlink($x); $f("a"); $d = "b"; $g = function() use ($d) { unlink($d); }; $g();',
      'delete a',
      'delete b',
    ],
    [
      'class A { public $d = "x"; function __construct(private string $r) {} function go() { unlink($this->r . "/" . $this->d); } } (new A("/r"))->go();',
      'delete /r/x',
    ],
    [
      'class A { const D = "x"; static $e = "y"; static function go() { unlink(self::D); unlink(static::$e); } } A::go();',
      'delete x',
      'delete y',
    ],
    [
      'abstract class B { function go() { unlink($this->d()); } } class A extends B { function d() { return "x"; } } (new A)->go();',
      'delete x',
    ],
    ['function f($n) { return f($n - 1); } f(3); unlink("a");', 'delete a'],
    [
      '[$a, $b] = ["x", "y"]; ["k" => $c] = ["k" => "z"]; unlink($a); unlink($b); unlink($c);',
      'delete x',
      'delete y',
      'delete z',
    ],
    [
      '$x = []; $x["d"] = "a"; $x[] = "b"; unlink($x["d"]); unlink(implode("/", ["p", "q"]));',
      'delete a',
      'delete p/q',
    ],
    ['$s = <<<END\n  rm {$a["b"]} "x"\n  rm c\n  END;\nexec($s);', 'shell rm … "x"\nrm c'],
    ["exec(<<<'END'\nrm $a\nEND);", 'shell rm $a'],
    [
      'define("D", "a"); const E = "b"; unlink(D); unlink(E); unlink(sprintf("%s/%02d", "c", 4));',
      'delete a',
      'delete b',
      'delete c/4',
    ],
    ['$d = "a"; $d .= "/b"; $n ??= "c"; unlink("$d/$n"); unlink("{$d}/x");', 'delete a/b/c', 'delete a/b/x'],
    ['global $x; $GLOBALS["y"] = "a"; unlink($y);', 'delete a'],
    ['?>text <b>unlink("x")</b> <?= unlink("a") ?> more', 'delete a'],
  ])('%s', (code, ...effects) => check(code, effects));
});

describe('network', () => {
  test.each<Case>([
    [
      '$c = curl_init("https://a.com/x"); curl_setopt($c, CURLOPT_CUSTOMREQUEST, "DELETE"); curl_setopt($c, CURLOPT_HTTPHEADER, ["X-A: b"]); curl_exec($c);',
      'http DELETE https://a.com/x x-a: b',
    ],
    [
      '$c = curl_init(); curl_setopt_array($c, [CURLOPT_URL => "https://a.com", CURLOPT_POSTFIELDS => json_encode(["q" => 1])]); curl_exec($c);',
      'http POST https://a.com {"q":1}',
    ],
    ['file_get_contents("https://a.com/x");', 'http GET https://a.com/x'],
    [
      'file_get_contents("https://a.com", false, stream_context_create(["http" => ["method" => "DELETE", "header" => "A: b", "content" => "c"]]));',
      'http DELETE https://a.com a: b c',
    ],
    [
      '$g = new GuzzleHttp\\Client(["base_uri" => "https://a.com/v1/"]); $g->delete("x", ["headers" => ["K" => "v"]]);',
      'http DELETE https://a.com/v1/x k: v',
    ],
    [
      'use GuzzleHttp\\Client; (new Client)->request("POST", "https://a.com", ["json" => ["a" => 1]]);',
      'http POST https://a.com {"a":1}',
    ],
    [
      'Http::withToken("t")->baseUrl("https://a.com")->delete("/x");',
      'http DELETE https://a.com/x authorization: Bearer t',
    ],
    ['eval(file_get_contents("https://a.com/x"));', 'http GET https://a.com/x', 'flow http interpreter'],
    ['include "https://a.com/x.php";', 'flow http interpreter'],
    ['exec(shell_exec("curl https://a.com/x"));', 'shell curl https://a.com/x', 'flow http shell', 'shell …'],
  ])('%s', (code, ...effects) => check(code, effects));
});

describe('code that is made', () => {
  test.each<Case>([
    ['eval("unlink(\'a\');");', 'delete a'],
    ['eval(base64_decode("dW5saW5rKCdhJyk7"));', 'flow decoded interpreter', 'delete a'],
    ['system(str_rot13("ez n"));', 'flow decoded shell', 'shell rm a'],
    ['system(strrev("a mr"));', 'flow decoded shell', 'shell rm a'],
    ['eval(gzinflate(base64_decode($x)));', 'flow decoded interpreter', 'code php'],
    ['assert("unlink(\'a\')"); assert($x > 1);', 'delete a'],
    ['$code = "unlink"; echo $code;'],
  ])('%s', (code, ...effects) => check(code, effects));
});

describe('databases', () => {
  test.each<Case>([
    ['(new PDO("pgsql:host=db", "u"))->exec("DROP TABLE a");', 'sql postgres DROP TABLE a at pgsql:host=db'],
    [
      '$p = new PDO("mysql:host=db"); $s = $p->prepare("DELETE FROM a"); $s->execute();',
      'sql mysql DELETE FROM a at mysql:host=db',
    ],
    ['(new PDO("sqlite::memory:"))->exec("DROP TABLE a");'],
    [
      '$m = new mysqli("db"); $m->query("TRUNCATE a"); mysqli_query($m, "DELETE FROM b");',
      'sql mysql TRUNCATE a at db',
      'sql mysql DELETE FROM b at db',
    ],
    ['pg_query("DROP TABLE a");', 'sql postgres DROP TABLE a at ?'],
    ['$wpdb->query("DROP TABLE a"); $x->query("orders");', 'sql generic DROP TABLE a at ?'],
    ['$conn->executeStatement("DELETE FROM a");', 'sql generic DELETE FROM a at ?'],
    [
      'DB::statement("DROP TABLE a"); DB::connection("x")->unprepared("DROP TABLE b");',
      'sql generic DROP TABLE a at ?',
      'sql generic DROP TABLE b at x',
    ],
    [
      'DB::table("a")->truncate(); DB::table("a")->where("b", 1)->delete();',
      'call eloquent truncate all',
      'call eloquent delete',
    ],
    [
      'User::query()->delete(); User::where("a", 1)->delete(); User::truncate();',
      'call eloquent delete all',
      'call eloquent delete',
      'call eloquent truncate all',
    ],
    [
      'foreach (User::all() as $u) { $u->delete(); } User::all()->each->delete();',
      'call eloquent delete all',
      'call eloquent delete all',
    ],
    ['User::find(1)->delete(); $user->delete(); $user->orders()->delete();', 'call eloquent delete'],
    ['User::chunk(50, function ($us) { foreach ($us as $u) $u->delete(); });', 'call eloquent delete all'],
    ['use App\\Models\\Order; Order::whereNotNull("id")->forceDelete();', 'call eloquent forceDelete all'],
    ['Schema::dropIfExists("a"); Schema::hasTable("a");', 'call eloquent dropIfExists all'],
    ['Artisan::call("migrate:fresh", ["--force" => true]);', 'run php artisan migrate:fresh --force'],
    ['Redis::flushall(); Cache::flush();', 'run redis-cli FLUSHALL'],
    ['(new Aws\\S3\\S3Client([]))->deleteBucket(["Bucket" => "a"]);', 'run aws s3api delete-bucket --bucket a'],
  ])('%s', (code, ...effects) => check(code, effects));
});

describe('files of the project', () => {
  const files = {
    '/srv/acme/shop/lib.php': '<?php function wipe($d) { unlink($d); } unlink("once"); return ["dir" => "x"];',
    '/srv/acme/shop/loop.php': '<?php include __DIR__ . "/loop.php"; unlink("looped");',
  };
  test.each<Case>([
    ['require_once __DIR__ . "/lib.php"; require_once "lib.php"; wipe("a");', 'delete once', 'delete a'],
    ['$c = include "lib.php"; unlink($c["dir"]);', 'delete once', 'delete x'],
    ['include "loop.php";', 'delete looped'],
    ['require "vendor/autoload.php"; require "missing.php";'],
  ])('%s', (code, ...effects) => check(code, effects, { files, path: '/srv/acme/shop/run.php' }));
});

describe('texts that are hard to read', () => {
  test('text without a tag is no program', () => {
    expect(effectLines(reader, 'rm -rf / ; unlink("a");')).toEqual([]);
  });

  test.each<readonly [name: string, ...rest: Case]>([
    ['shell words', 'rm -rf ) ( [ ; } } ) ]', 'opaque the php program does not parse'],
    ['nothing', ''],
    [
      'brackets in brackets',
      `$x = ${'['.repeat(5_000)};`,
      'opaque the php program does not parse',
      'opaque the code nests too deeply',
    ],
    ['a program that breaks off', 'unlink("a"', 'delete a'],
  ])('%s', (_name, code, ...effects) => check(code, effects));

  test('a program that never ends reaches a bound that is named', () => {
    const loops = `${'foreach ($n as $a) '.repeat(5)}f($a);`;
    expect(effectLines(reader, `<?php $n = [${'1,'.repeat(60)}]; ${loops}`)).toEqual([
      expect.stringMatching(/^opaque more than \d+ steps$/),
    ]);
  });

  test('every effect says where it stands', () => {
    const effects = reader.read('<?php\n// x\nunlink(\n  "a"\n);\n', {
      args: [],
      cwd: { kind: 'static', value: '/', glob: false },
      path: undefined,
      variable: () => undefined,
      stdin: undefined,
      readFile: () => undefined,
    });
    expect(effects.map(({ line, via }) => `${line} ${via}`)).toEqual(['3 unlink']);
  });
});
