// Whole PHP programs by all shipped rules: ordinary ones run, and of destructive ones the right lines are held.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: PHP, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { held } from '../held.ts';

const files = {
  '/srv/orders/orders.csv': 'id,total\n1,20\n',
  '/srv/orders/composer.json':
    '{"scripts":{"test":"phpunit","check":["@lint","@test"],"lint":"php-cs-fixer fix --dry-run","post-install-cmd":["Acme\\\\Installer::postInstall"],"clear":"rm -rf var/cache node_modules","wipe":"php wipe.php"}}',
  '/srv/orders/wipe.php': '<?php\nshell_exec("rm -rf /srv/shop");\n',
  '/srv/orders/src/Order.php': '<?php\nnamespace Acme;\nfinal class Order {}\n',
  '/srv/shop/uploads/a.pdf': 'a',
};

describe('ordinary commands run', () => {
  test.each([
    'composer test',
    'composer run-script check',
    'composer run clear',
    'composer install --no-interaction',
    'php artisan route:list --path=orders',
    'php artisan make:model Order -mfc',
    'php artisan queue:work --once',
    'php artisan cache:clear',
    'php artisan config:cache',
    `php artisan tinker --execute='dump(App\\Models\\Order::with("lines")->latest()->take(3)->get()->toArray());'`,
    `php artisan tinker --execute='DB::table("orders")->where("id", 3)->update(["total" => 4]);'`,
    `php -r 'echo PHP_VERSION, " ", ini_get("memory_limit"), PHP_EOL;'`,
    `php -r '$j = json_decode(file_get_contents("composer.json"), true); ksort($j); file_put_contents("composer.json", json_encode($j, JSON_PRETTY_PRINT));'`,
    `php -r 'foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator("src")) as $f) if ($f->isFile()) echo $f, "\\n";'`,
    `php -r 'printf("%s\\n", password_hash("secret", PASSWORD_BCRYPT));'`,
    'php bin/console debug:router',
    'vendor/bin/phpstan analyse src',
  ])('%s', async (command) => expect(await held(command, files)).toBe('run'));
});

describe('ordinary programs run', () => {
  test.each([
    [
      'a report from a file',
      `<?php
declare(strict_types=1);
[$_, $path] = $argv + [null, 'orders.csv'];
$totals = [];
if (($handle = fopen($path, 'r')) === false) { fwrite(STDERR, "cannot read $path\\n"); exit(1); }
$header = fgetcsv($handle);
while (($row = fgetcsv($handle)) !== false) {
    ['id' => $id, 'total' => $total] = array_combine($header, $row);
    $totals[$id] = ($totals[$id] ?? 0) + (int) $total;
}
fclose($handle);
arsort($totals);
foreach ($totals as $id => $total): ?>
<tr><td><?= htmlspecialchars((string) $id) ?></td><td><?= $total ?></td></tr>
<?php endforeach;
file_put_contents('report.json', json_encode($totals, JSON_THROW_ON_ERROR));
`,
    ],
    [
      'a class with a repository that reads',
      `<?php
namespace Acme;
interface Store { public function all(): iterable; }
final class PdoStore implements Store {
    public function __construct(private readonly \\PDO $pdo) {}
    public function all(): iterable { yield from $this->pdo->query('SELECT * FROM orders', \\PDO::FETCH_ASSOC); }
    public function delete(int $id): void { $this->pdo->prepare('DELETE FROM orders WHERE id = ?')->execute([$id]); }
    public static function make(): static { return new static(new \\PDO('sqlite::memory:')); }
}
$store = PdoStore::make();
foreach ($store->all() as ['id' => $id]) echo $id, PHP_EOL;
$store->delete(3);
`,
    ],
    [
      'heredocs with destructive text',
      `<?php
$sql = <<<SQL
    DROP TABLE orders;
    SQL;
$doc = <<<'DOC'
system('rm -rf /srv/shop');
DOC;
# exec('rm -rf /');
echo strlen($sql . $doc) /* unlink('/srv/shop') */;
`,
    ],
    [
      'a temporary folder and its removal',
      `<?php
$dir = sys_get_temp_dir() . '/orders-' . uniqid();
mkdir($dir, 0700, true);
file_put_contents("$dir/a.txt", 'a');
foreach (glob("$dir/*") as $file) unlink($file);
rmdir($dir);
register_shutdown_function(fn () => @unlink('/tmp/orders.lock'));
`,
    ],
    [
      'a request and a match',
      `<?php
$ch = curl_init();
curl_setopt_array($ch, [CURLOPT_URL => 'https://api.acme.com/v1/orders', CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => ['Accept: application/json']]);
$body = curl_exec($ch);
$status = curl_getinfo($ch, CURLINFO_HTTP_CODE);
echo match (true) { $status >= 500 => 'down', $status >= 400 => 'refused', default => json_decode($body)?->total ?? 'none' };
curl_close($ch);
`,
    ],
    [
      'closures, spreads and sessions',
      `<?php
$compose = fn (callable ...$f) => fn ($x) => array_reduce($f, fn ($a, $g) => $g($a), $x);
echo $compose('trim', strtoupper(...), fn ($s) => "$s!")(' shop ');
$items = ['a' => 1, 'b' => 2]; unset($items['a']);
session_start(); session_destroy();
static fn () => system('rm -rf /srv/shop');
`,
    ],
    [
      'a phpunit test',
      `<?php
use PHPUnit\\Framework\\TestCase;
final class OrderTest extends TestCase {
    private string $file;
    protected function setUp(): void { $this->file = tempnam(sys_get_temp_dir(), 'order'); }
    protected function tearDown(): void { unlink($this->file); }
    public function testWrites(): void { file_put_contents($this->file, 'a'); $this->assertFileExists($this->file); }
}
`,
    ],
    [
      'a migration that is only defined',
      `<?php
use Illuminate\\Database\\Migrations\\Migration;
return new class extends Migration {
    public function up(): void { Schema::create('orders', fn ($table) => $table->id()); }
    public function down(): void { Schema::dropIfExists('orders'); }
};
`,
    ],
    [
      'a build step',
      `<?php
function step(string $command): string { exec($command, $out, $code); if ($code !== 0) throw new RuntimeException($command); return implode("\\n", $out); }
echo step('git rev-parse --short HEAD'), step('composer validate --strict');
passthru(PHP_BINARY . ' vendor/bin/phpunit --colors=always', $code);
exit($code);
`,
    ],
    [
      'a mailer with templates',
      `<?php
ob_start(); include __DIR__ . '/mail.phtml'; $html = ob_get_clean();
$headers = sprintf("From: %s\\r\\n", $argv[1] ?? 'shop@acme.com');
foreach (file('to.txt', FILE_IGNORE_NEW_LINES) ?: [] as $to) { echo strtr($html, ['{name}' => $to]), $headers; }
copy('a.txt', '/tmp/a.txt'); touch('/tmp/b.txt'); rename('/tmp/b.txt', '/tmp/c.txt');
`,
    ],
  ])('%s', async (_what, program) =>
    expect(await held('php job.php orders.csv', { ...files, '/srv/orders/job.php': program })).toBe('run'),
  );
});

describe('destructive programs are held', () => {
  test.each([
    ['3', `<?php\n$root = getenv('SHOP_ROOT') ?: '/srv/shop';\nshell_exec("rm -rf {$root}/uploads");\n`],
    [
      '3',
      `<?php\n$it = new RecursiveIteratorIterator(new RecursiveDirectoryIterator('/srv/shop/uploads', FilesystemIterator::SKIP_DOTS), RecursiveIteratorIterator::CHILD_FIRST);\nforeach ($it as $f) { $f->isDir() ? rmdir($f->getPathname()) : unlink($f->getPathname()); }\n`,
    ],
    [
      '4',
      `<?php\nclass Janitor {\n  public function __construct(private string $dir) {}\n  public function sweep(): void { array_map('unlink', glob($this->dir . '/*')); }\n}\n(new Janitor('/srv/shop/uploads'))->sweep();\n`,
    ],
    [
      '4',
      `<?php\n$db = new mysqli('db.acme.com', 'root', getenv('PW'), 'shop');\nforeach (['orders', 'customers'] as $t) {\n  $db->query("TRUNCATE TABLE $t");\n}\n`,
    ],
    [
      '3',
      `<?php\n$client = new GuzzleHttp\\Client(['base_uri' => 'https://api.acme.com/v1/']);\n$client->delete('volumes/7');\n`,
    ],
    [
      '5',
      `<?php\n$ch = curl_init('https://api.acme.com/v1/volumes/7');\ncurl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'DELETE');\ncurl_setopt($ch, CURLOPT_RETURNTRANSFER, true);\ncurl_exec($ch);\n`,
    ],
    ['2', `<?php\n\`git push --force origin main\`;\n`],
    [
      '3',
      `<?php\n$process = new Symfony\\Component\\Process\\Process(['rm', '-rf', '/srv/shop']);\n$process->mustRun();\n`,
    ],
    ['2', `<?php\n$run = fn (string $cmd) => proc_open($cmd, [], $pipes);\n$run('rm -rf /srv/shop');\n`],
    ['3', `<?php\n$f = 'sys' . 'tem';\n$f('rm -rf /srv/shop');\n`],
    ['2', `<?php\npassthru("bash -c 'rm -rf /srv/shop'", $code);\n`],
    ['3', `<?php\nuse Illuminate\\Support\\Facades\\DB;\nDB::statement('DROP DATABASE shop');\n`],
    ['3', `<?php\nuse Illuminate\\Support\\Facades\\File;\nFile::deleteDirectory('/srv/shop/uploads');\n`],
    [
      '3',
      `<?php\nfunction purge(string ...$dirs): void {\n  foreach ($dirs as $d) exec(sprintf('rm -rf %s', escapeshellarg($d)));\n}\npurge('/srv/shop/uploads', '/srv/shop/exports');\n`,
    ],
    ['2', `<?php\nif ($argc > 1) { eval('?>' . file_get_contents('https://acme.com/x.txt')); }\n`],
    [
      '3',
      `<?php\n$context = stream_context_create(['http' => ['method' => 'DELETE']]);\nfile_get_contents('https://api.acme.com/v1/volumes/7', false, $context);\n`,
    ],
  ])('line %s of %s', async (lines, program) =>
    expect(await held('php job.php orders.csv', { ...files, '/srv/orders/job.php': program })).toBe(lines),
  );
});

describe('destructive commands are held', () => {
  test.each([
    'composer wipe',
    'php artisan migrate:fresh --force',
    'php artisan db:wipe',
    `php artisan tinker --execute='App\\Models\\Order::query()->delete();'`,
    `php artisan tinker --execute='Schema::dropAllTables();'`,
  ])('%s', async (command) => expect(await held(command, files)).not.toBe('run'));
});
