// php and its kin: which program they run, and with which arguments.
import { describe, expect, test } from '@jest/globals';
import { launchers } from '../../../../src/core/resolve/launchers/php.ts';
import { showRuns } from './runs.ts';

const files: Readonly<Record<string, string>> = { '/home/ada/acme/clean.php': '<?php echo 1;' };
const runs = (command: string): string => showRuns(launchers, command, files);

describe('php runs', () => {
  test.each([
    ["php -r 'echo 1;'", 'text "<?php echo 1;"'],
    ["php -d memory_limit=1G -r 'echo 1;' -- a", 'text "<?php echo 1;" a'],
    ["php -B '$n = 0;' -R '$n++;' -E 'echo $n;'", 'text "<?php $n = 0;"; text "<?php $n++;"; text "<?php echo $n;"'],
    ['php clean.php orders --force', 'file clean.php orders --force'],
    ['php -f clean.php -- orders', 'file clean.php orders'],
    ['php8.3 -n clean.php', 'file clean.php'],
    ["php <<'E'\n<?php echo 1;\nE", 'text "<?php echo 1;\\n"'],
    ['php < clean.php', 'text "<?php echo 1;"'],
    ['curl https://acme.com/x | php', 'opaque'],
    ['php composer.phar run reset', 'words composer run reset'],
    ['php vendor/bin/phpunit --filter Order', 'words phpunit --filter Order'],
    ['php artisan migrate:fresh', ''],
    ['php bin/console cache:clear', ''],
    ['php -l clean.php', ''],
    ['php -S localhost:8000 -t public', ''],
    ['php -v', ''],
    ['php', ''],
  ])('%s', (command, expected) => expect(runs(command)).toBe(expected));
});

describe('consoles run', () => {
  test.each([
    ["php artisan tinker --execute='User::count();'", 'text "<?php User::count();"'],
    ['php artisan tinker --execute="$(./code)"', 'text "<?php …"'],
    ["php artisan tinker <<< 'User::count();'", 'text "<?php User::count();\\n"'],
    ["./artisan tinker --execute 'User::count();'", 'text "<?php User::count();"'],
    ["sail artisan tinker --execute='User::count();'", 'text "<?php User::count();"'],
    ["wp eval 'echo 1;'", 'text "<?php echo 1;"'],
    ['wp --path=/srv eval-file clean.php a', 'file clean.php a'],
    ["drush php:eval 'echo 1;'", 'text "<?php echo 1;"'],
    ['wp post list', ''],
    ['drush cr', ''],
    ['sail up -d', ''],
  ])('%s', (command, expected) => expect(runs(command)).toBe(expected));
});
