// What Perl programs would do, as their reader sees it.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Perl, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { reader } from '../../../../../src/core/payloads/code/perl/reader.ts';
import { linesOf } from '../lines.ts';

const effectsOf = linesOf(reader);
type Case = readonly [code: string, effects: readonly string[]];

const groups: Readonly<Record<string, readonly Case[]>> = {
  files: [
    ['unlink \'/srv/orders/a.csv\', "/srv/b";', ['delete /srv/orders/a.csv', 'delete /srv/b']],
    ['my $d = "/srv"; my @l = ("$d/a", "$d/b"); unlink @l;', ['delete /srv/a', 'delete /srv/b']],
    ['unlink glob("/srv/*.csv"); unlink <*.txt>;', ['delete many /srv/*.csv', 'delete many *.txt']],
    [
      "use File::Path qw(remove_tree); remove_tree('/srv/a', '/srv/b', {safe => 1});",
      ['delete tree /srv/a', 'delete tree /srv/b'],
    ],
    ["File::Path::rmtree(['/srv/a'], 0, 1);", ['delete tree /srv/a']],
    ['use File::Find; find(sub { unlink $File::Find::name if /\\.log$/ }, "/data");', ['delete many /data/…']],
    ['find({ wanted => \\&w, no_chdir => 1 }, "/data"); sub w { unlink $_ }', ['delete many /data/…']],
    [
      'opendir(my $dh, "/data"); for my $f (readdir $dh) { next if $f eq "."; unlink "/data/$f" }',
      ['delete many /data/…'],
    ],
    ['while (<>) { chomp; unlink $_ if /x\\/y/ }', ['delete many …']],
    ['rename "a", "b"; use File::Copy; copy("a", "c");', ['run mv -- a b', 'run cp -- a c']],
    [
      "open(my $fh, '>', '/etc/hosts') or die; print $fh 'x'; open(L, '>>log.txt'); truncate 'a', 0;",
      ['write /etc/hosts', 'append log.txt', 'truncate a'],
    ],
    ["use Path::Tiny; path('/srv')->child('orders')->remove_tree;", ['delete tree /srv/orders']],
  ],
  commands: [
    ['system("rm -rf $ENV{HOME}/x");', ['shell rm -rf /home/ann/x']],
    ["system('rm', '-rf', $dir); exec qw(rm -rf /srv);", ['run rm -rf …', 'run rm -rf /srv']],
    ['my $o = `ls -la`; print qx(rm -rf /srv);', ['shell ls -la', 'shell rm -rf /srv']],
    ["open(F, '| sh'); print F 'rm -rf /srv';", ['shell sh < rm -rf /srv']],
    ["open my $p, '-|', 'psql', '-c', 'drop table orders';", ['run psql -c drop table orders']],
    ["use IPC::Open3; open3(my $in, my $out, undef, 'rm', '-rf', '/srv');", ['run rm -rf /srv']],
    ['my $t = <<"EOT"; system($t);\nrm -rf /srv\nEOT\nunlink "/k";', ['shell rm -rf /srv\n', 'delete /k']],
    ['$_ = "x"; s{x}{system("rm x")}e;', ['shell rm x']],
    ["eval 'unlink q(a)';", ['code perl unlink q(a)']],
    ['use MIME::Base64; system(decode_base64("cm0gLXJmIC9zcnY="));', ['flow decoded shell', 'shell rm -rf /srv']],
    ['use LWP::Simple; eval get("http://acme.com/a.pl");', ['http GET http://acme.com/a.pl', 'flow http interpreter']],
  ],
  services: [
    [
      'my $ua = LWP::UserAgent->new; $ua->delete("https://api.acme.com/v1/1");',
      ['http DELETE https://api.acme.com/v1/1'],
    ],
    [
      "my $r = HTTP::Request->new(DELETE => 'https://api.acme.com/1'); LWP::UserAgent->new->request($r);",
      ['http DELETE https://api.acme.com/1'],
    ],
    ["HTTP::Tiny->new->request('DELETE', 'https://api.acme.com/1');", ['http DELETE https://api.acme.com/1']],
    [
      'my $sth = DBI->connect("dbi:Pg:dbname=orders;host=db1")->prepare("DELETE FROM orders"); $sth->execute;',
      ['sql postgres DELETE FROM orders at postgres://db1/orders'],
    ],
    [
      "my $dbh = DBI->connect('dbi:SQLite:dbname=app.db'); $dbh->do(q{DROP TABLE users});",
      ['sql sqlite DROP TABLE users at app.db'],
    ],
    ["my $sth = $dbh->prepare('DELETE FROM orders');", []],
  ],
  'values and flow': [
    [
      'sub wipe { my ($d) = @_; system("rm -rf $d") } wipe("/srv/$_") for qw(a b);',
      ['shell rm -rf /srv/a', 'shell rm -rf /srv/b'],
    ],
    [
      'my %h = (a => "/x", b => { c => "/y" }); unlink $h{a}, $h{b}{c}; my $r = \\%h; unlink $r->{b}->{c};',
      ['delete /x', 'delete /y', 'delete /y'],
    ],
    ['my $d = "/a"; if ($x) { $d = "/b" } unlink $d;', ['delete /…']],
    ['my $out = shift || "/tmp/out"; unlink $out;', ['delete /tmp/out']],
    [
      'package Acme; sub new { my $c = shift; return bless { dir => shift }, $c } sub wipe { my $s = shift; system("rm -rf $s->{dir}") } package main; Acme->new("/srv")->wipe;',
      ['shell rm -rf /srv'],
    ],
    ['unlink "/a" unless -e "/b"; exit 0; unlink "/never";', ['delete /a']],
    ['my $s = sprintf("%s/%s", "/srv", "q"); unlink $s;', ['delete /srv/q']],
    ['use constant DIR => "/srv"; unlink DIR . "/a";', ['delete /srv/a']],
  ],
  'data and ordinary work': [
    ['print "rm -rf /\\n"; my $y = 4 / 2; my $z = $y / 3; # unlink "a"', []],
    ['sub wipe { unlink "/a" }', []],
    ['my @s = sort { $a <=> $b } map { $_ * 2 } grep { !/x/ } @x; print "@s[0..2] @{[ 1+2 ]}";', []],
    ['=pod\n\nunlink "a";\n\n=cut\n\nprint 1;\n__END__\nunlink "b";', []],
    ['while (<>) { s/a/b/g; tr/a-z/A-Z/; print if m{x/y} }', []],
    ['rmdir "/tmp/empty"; mkdir "x"; chmod 0644, "a";', []],
    ['this is not perl at all', []],
    ['((((((', []],
  ],
};

describe.each(Object.entries(groups))('%s', (_group, cases) => {
  test.each(cases)('%s', (code, expected) => expect(effectsOf(code)).toEqual(expected));
});

test('a module of the project is followed', () => {
  const files = { '/srv/acme/shop/lib/Acme/Wipe.pm': 'package Acme::Wipe; sub all { unlink "/srv/a" } 1;' };
  expect(effectsOf('use lib "lib"; use Acme::Wipe; Acme::Wipe->all; Acme::Wipe::all();', { files })).toEqual([
    'delete /srv/a',
    'delete /srv/a',
  ]);
});

test('arguments of the program are known', () => {
  expect(effectsOf('my ($d) = @ARGV; unlink "$d/x";', { args: ['/srv'] })).toEqual(['delete /srv/x']);
});

test('what nests too deeply is said so', () => {
  expect(effectsOf('['.repeat(5_000))).toEqual(['opaque']);
});
