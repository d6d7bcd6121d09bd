// ruby and its kin: which program they run, and with which arguments.
import { describe, expect, test } from '@jest/globals';
import { launchers } from '../../../../src/core/resolve/launchers/ruby.ts';
import { showRuns } from './runs.ts';

const files: Readonly<Record<string, string>> = {
  '/home/ada/acme/clean.rb': 'puts 1',
  '/home/ada/acme/page.erb': 'a\n<% system "c1" %>\n<%= 1 -%>\n<%# note %>\n',
};
const runs = (command: string): string => showRuns(launchers, command, files);

describe('ruby runs', () => {
  test.each([
    ["ruby -e 'puts 1'", 'text "puts 1"'],
    ["ruby -e'puts 1' a -v", 'text "puts 1" a -v'],
    ["ruby -rjson -rfileutils -ne 'p 1' log", 'text "p 1" log'],
    ["ruby -W0 -I lib -e 'a' -e 'b' -- x", 'text "a\\nb" x'],
    ["ruby -i.bak -pe 'b' file", 'text b file'],
    ['ruby clean.rb orders', 'file clean.rb orders'],
    ['ruby -C /srv -r ./setup clean.rb', 'file ./setup.rb in /srv; file clean.rb in /srv'],
    ['jruby -J-Xmx1g clean.rb', 'file clean.rb'],
    ['ruby --disable=gems clean.rb -h', 'file clean.rb -h'],
    ["ruby <<'E'\nputs 1\nE", 'text "puts 1\\n"'],
    ["ruby - a <<'E'\nputs 1\nE", 'text "puts 1\\n" a'],
    ['ruby < clean.rb', 'text "puts 1"'],
    ['cat x | ruby', 'opaque'],
    ['ruby bin/rails db:drop', 'words rails db:drop'],
    ['ruby -S rake db:reset', 'words rake db:reset'],
    ['ruby -run -e rm -- -r data', 'words rm -r data'],
    ['ruby -c clean.rb', ''],
    ['ruby --version', ''],
    ['ruby -v', ''],
    ['ruby', ''],
  ])('%s', (command, expected) => expect(runs(command)).toBe(expected));
});

describe('irb, pry, rails and erb run', () => {
  test.each([
    ["irb -r json <<< 'puts 1'", 'text "puts 1\\n"'],
    ['irb clean.rb', 'file clean.rb'],
    ["pry -e 'puts 1'", 'text "puts 1"'],
    ['irb', ''],
    ["rails runner 'User.count'", 'text User.count'],
    ["bin/rails r -e production 'User.count'", 'text User.count with RAILS_ENV=production'],
    ['rails runner clean.rb a', 'file clean.rb a'],
    ["rails runner - <<< 'puts 1'", 'text "puts 1\\n"'],
    ["rails console <<< 'puts 1'", 'text "puts 1\\n"'],
    ["rails c -e staging <<< 'puts 1'", 'text "puts 1\\n" with RAILS_ENV=staging'],
    ['rails db:migrate', ''],
    ['rails server', ''],
    ['spring rails db:drop', 'words rails db:drop'],
    ['erb page.erb', 'text "\\n system \\"c1\\" ;\\n 1 ;\\n"'],
    ['erb -x page.erb', ''],
  ])('%s', (command, expected) => expect(runs(command)).toBe(expected));
});
