// The reader of Ruby: a program, and what running it would do.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Ruby, not JavaScript templates
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { CodeReader } from '../../../../../src/core/model/code.ts';
import { loadRubyReader } from '../../../../../src/observe/ruby.ts';
import { effectLines, type Scene } from '../effect-lines.ts';

let reader: CodeReader;
beforeAll(async () => {
  reader = await loadRubyReader();
});

type Case = readonly [code: string, ...effects: string[]];
const check = (code: string, expected: readonly string[], scene?: Scene): void =>
  expect(effectLines(reader, code, scene)).toEqual(expected);

describe('files', () => {
  test.each<Case>([
    ['FileUtils.rm_rf("/data/orders")', 'delete tree /data/orders'],
    ['FileUtils.rm_r ["a", "b"], force: true', 'delete tree a', 'delete tree b'],
    ['FileUtils.rm_rf("a", noop: true)'],
    ['FileUtils.rm(%w[a b])', 'delete a', 'delete b'],
    ['FileUtils.remove_dir "logs"', 'delete tree logs'],
    ['include FileUtils; rm_rf "x"; rm "y"', 'delete tree x', 'delete y'],
    ['File.delete("a", "b") if File.exist?("a")', 'delete a', 'delete b'],
    ['File.unlink(path)', 'delete …'],
    ['File.truncate("orders.log", 0)', 'truncate orders.log'],
    ['Dir.rmdir("empty")', 'run rmdir empty'],
    [
      'FileUtils.mv("a", "b"); FileUtils.cp_r "c", "d"; File.rename("e", "f")',
      'run mv a b',
      'run cp -r c d',
      'run mv e f',
    ],
    ['FileUtils.mkdir_p "tmp/x"', 'run mkdir -p tmp/x'],
    ['Dir.glob("/data/*.log").each { |f| File.delete(f) }', 'delete many /data/*.log'],
    ['Dir["tmp/**/*"].reject { |f| f =~ /keep/ }.each do |f| FileUtils.rm_rf f end', 'delete tree many tmp/**/*'],
    ['FileUtils.rm Dir.glob("*.o", base: "build")', 'delete many build/*.o'],
    ['Dir.children("/data").each { |c| FileUtils.rm_r(File.join("/data", c)) }', 'delete tree many /data/*'],
    ['Find.find("/srv") { |p| File.delete(p) if File.file?(p) }', 'delete many /srv/*'],
    ['(Pathname("a") / "b").rmtree; Pathname.new("c").join("d").delete', 'delete tree a/b', 'delete c/d'],
    ['Pathname.new("/srv").children.each(&:rmtree)', 'delete tree many /srv/*'],
    ['Pathname.new("x").write("y")', 'write x "y"'],
    ['"text".delete("t")'],
    ['File.write("a.json", {total: 4}.to_json)', `write a.json ${JSON.stringify('{"total":4}')}`],
    ['File.open("a", "w") { |f| f.puts "x"; f << "y" }', 'write a ""', 'append a "x\\n"', 'append a "y"'],
    ['File.open("a", "a") { |f| f.write "x" }', 'append a "x"'],
    ['puts File.read("a"); File.readlines("b").each { |l| puts l }'],
    ['FileUtils.chmod_R(0777, "/etc")', 'chmod tree /etc'],
    [
      'Dir.chdir("/srv") { File.delete("a"); system "make" }; File.delete("b")',
      'delete /srv/a',
      'shell make in /srv',
      'delete b',
    ],
    ['Dir.mktmpdir { |d| FileUtils.rm_rf("#{d}/x") }', 'delete tree /tmp/…/x'],
    ['t = Tempfile.new("a"); t.write("b"); File.unlink(t.path)', 'append /tmp/… "b"', 'delete /tmp/…'],
  ])('%s', (code, ...effects) => check(code, effects));
});

describe('processes', () => {
  test.each<Case>([
    ['system("rm -rf build")', 'shell rm -rf build'],
    ['system("rm", "-rf", dir)', 'run rm -rf …'],
    [
      'system({"RAILS_ENV" => "production"}, "rails", "db:reset", chdir: "/srv")',
      'run rails db:reset with RAILS_ENV=production in /srv',
    ],
    ['`ls #{dir}/x`; %x(git clean -fdx)', 'shell ls …/x', 'shell git clean -fdx'],
    ['exec "make"; File.delete("never")', 'shell make'],
    ['pid = spawn("make", chdir: "app"); Process.wait pid', 'shell make in app'],
    ['IO.popen(["rm", "-r", "x"]) { |io| puts io.read }', 'run rm -r x'],
    ['open("| rm x")', 'shell  rm x'],
    ['out, st = Open3.capture2e("psql", "-c", "select 1")', 'run psql -c select 1'],
    ['Open3.pipeline("ls", ["rm", "x"])', 'shell ls', 'run rm x'],
    ['cmd = ["rm"]; cmd << "-rf" if force; cmd << "x"; system(*cmd)', 'run rm -rf x …'],
    ['cmd = "git "; cmd += "push"; cmd << " -f"; system cmd', 'shell git push -f'],
    ['system(%w[git push].shelljoin + " " + Shellwords.escape("a b"))', "shell git push 'a b'"],
    ['system("rm -rf %s/%s" % ["a", "b"]); system(format("rm %<f>s", f: "c"))', 'shell rm -rf a/b', 'shell rm c'],
    ['ENV["PGHOST"] = "db"; system "psql"', 'shell psql with PGHOST=db'],
    ['send(:system, "ls"); Kernel.public_send("exec", "id")', 'shell ls', 'shell id'],
    ['Net::SSH.start("db1", "ann") { |ssh| ssh.exec!("rm x") }', 'run ssh db1 rm x'],
    ['puts "system(\'rm -rf /\')" # system("rm")'],
  ])('%s', (code, ...effects) => check(code, effects));
});

describe('values and control flow', () => {
  test.each<Case>([
    ['def wipe(d, force: false) = FileUtils.rm_rf(d)\nwipe("a", force: true)', 'delete tree a'],
    ['def never; FileUtils.rm_rf("a"); end'],
    ['%w[a b].each { |d| File.delete(d) }', 'delete a', 'delete b'],
    ['[["a", 1], ["b", 2]].each_with_index { |(f, n), i| File.delete("#{f}#{n}#{i}") }', 'delete a10', 'delete b21'],
    ['{a: "x"}.each { |k, v| File.delete("#{k}/#{v}") }', 'delete a/x'],
    ['%w[a b].map { |x| "/d/#{x}" }.each(&File.method(:delete))', 'delete /d/a', 'delete /d/b'],
    ['3.times { |i| File.delete("f#{i}") }', 'delete f0', 'delete f1', 'delete f2'],
    [
      '(1..2).each { File.delete("f#{_1}") }; [7].each { File.delete("g#{it}") }',
      'delete f1',
      'delete f2',
      'delete g7',
    ],
    ['dir = ENV.fetch("NONE", "out"); File.delete(dir)', 'delete out'],
    ['File.delete(ENV["NONE"] || "out")', 'delete out'],
    ['File.delete(File.join(ENV["HOME"], "x"))', 'delete /home/ann/x'],
    ['File.delete(ENV["PLACE"] + "/x")', 'delete …/x'],
    ['p = ok ? "/a/b" : "/a/c"; File.delete(p)', 'delete /a/…'],
    ['if false then File.delete("a") else File.delete("b") end', 'delete b'],
    ['dry = true; File.delete("a") unless dry'],
    ['case x when 1 then File.delete("a") else File.delete("b") end', 'delete a', 'delete b'],
    [
      'begin; File.delete("a"); rescue => e; File.delete("b"); ensure; File.delete("c"); end',
      'delete a',
      'delete b',
      'delete c',
    ],
    ['abort "no" unless sure; File.delete("a")', 'delete a'],
    ['exit; File.delete("a")'],
    ['i = 0; while i < 3; File.delete("x") if i == 2; i += 1; end', 'delete x'],
    ['f = ->(x) { File.delete(x) }; f.call("a"); f.("b"); f["c"]', 'delete a', 'delete b', 'delete c'],
    ['def each_dir; yield "a"; yield "b"; end; each_dir { |d| Dir.rmdir d }', 'run rmdir a', 'run rmdir b'],
    ['class A; def initialize(d) = @d = d; def run! = File.delete(@d); end; A.new("x").run!', 'delete x'],
    ['class A; attr_accessor :d; end; a = A.new; a.d = "x"; File.delete(a.d)', 'delete x'],
    ['class B; def go = File.delete(name); end; class A < B; def name = "x"; end; A.new.go', 'delete x'],
    ['module M; module_function; def go(x) = File.delete(x); end; M.go("x")', 'delete x'],
    ['module M; ROOT = "/r"; def self.go = File.delete("#{ROOT}/x"); end; M.go', 'delete /r/x'],
    ['def f(n) = f(n - 1); f(3); File.delete("a")', 'delete a'],
    ['a, *b = %w[x y z]; File.delete(*b)', 'delete y', 'delete z'],
    [
      'h = {d: "x"}; h[:e] = "y"; File.delete(h[:d], h.fetch(:e), h.dig(:f) || "z")',
      'delete x',
      'delete y',
      'delete z',
    ],
    ['x = <<~END\n  rm a\n  rm b\nEND\nsystem x', 'shell rm a\nrm b\n'],
    ['File.delete(__FILE__, File.expand_path("../x", __dir__))', 'delete -e', 'delete /srv/acme/x'],
    ['@d ||= "x"; File.delete(@d)', 'delete x'],
    ['at_exit { File.delete("a") }; trap("INT") { File.delete("b") }', 'delete a'],
    ['File.delete(ARGV[0])'],
    ['Object.const_get("FileUtils").rm_rf("a")', 'delete tree a'],
  ])('%s', (code, ...effects) => check(code, effects));
});

describe('network', () => {
  test.each<Case>([
    ['Net::HTTP.get(URI("https://api.acme.com/x"))', 'http GET https://api.acme.com/x'],
    [
      'Net::HTTP.post(URI("https://api.acme.com/x"), {a: 1}.to_json, "X-A" => "b")',
      'http POST https://api.acme.com/x x-a: b {"a":1}',
    ],
    [
      'u = URI("https://api.acme.com/v1"); h = Net::HTTP.new(u.host, u.port); h.use_ssl = true\nr = Net::HTTP::Delete.new(u.request_uri); r["Authorization"] = "k"; r.body = "b"; h.request(r)',
      'http DELETE https://api.acme.com/v1 authorization: k b',
    ],
    ['Net::HTTP.start("a.com", 80) { |h| h.delete("/x") }', 'http DELETE http://a.com/x'],
    [
      'c = Faraday.new(url: "https://a.com", headers: {"K" => "v"}); c.delete("/x")',
      'http DELETE https://a.com/x k: v',
    ],
    ['Faraday.new("https://a.com").post("/x") { |r| r.body = "b" }', 'http POST https://a.com/x b'],
    ['HTTParty.delete("https://a.com/x", headers: {"K" => "v"})', 'http DELETE https://a.com/x k: v'],
    ['RestClient::Request.execute(method: :delete, url: "https://a.com/x")', 'http DELETE https://a.com/x'],
    [
      'RestClient.post "https://a.com", {q: 1}.to_json, {content_type: :json}',
      'http POST https://a.com content_type: json {"q":1}',
    ],
    ['HTTP.auth("t").delete("https://a.com/x")', 'http DELETE https://a.com/x authorization: t'],
    ['eval(URI.open("https://a.com/x.rb").read)', 'http GET https://a.com/x.rb', 'flow http interpreter'],
    ['system(Net::HTTP.get(URI("https://a.com/x")))', 'http GET https://a.com/x', 'flow http shell', 'shell …'],
    ['eval(`curl -s https://a.com/x`)', 'shell curl -s https://a.com/x', 'flow http interpreter'],
  ])('%s', (code, ...effects) => check(code, effects));
});

describe('code that is made', () => {
  test.each<Case>([
    ['eval "File.delete(\'a\')"', 'delete a'],
    ['eval(Base64.decode64("RmlsZS5kZWxldGUoJ2EnKQ=="))', 'flow decoded interpreter', 'delete a'],
    ['system(["cm0gYQ=="].first.unpack1("m"))', 'flow decoded shell', 'shell rm a'],
    ['system(["726d2061"].pack("H*"))', 'flow decoded shell', 'shell rm a'],
    ['eval(Marshal.load(x))', 'flow decoded interpreter', 'code ruby'],
    ['self.class.class_eval "def a = File.delete(1.to_s)"'],
    ['instance_eval { File.delete("a") }', 'delete a'],
    ['x = "File.delete"; puts x'],
  ])('%s', (code, ...effects) => check(code, effects));
});

describe('databases', () => {
  test.each<Case>([
    ['PG.connect(host: "db", dbname: "shop").exec("DROP TABLE a")', 'sql postgres DROP TABLE a at postgres://db/shop'],
    [
      'Mysql2::Client.new(host: "db", database: "shop").query("DELETE FROM a")',
      'sql mysql DELETE FROM a at mysql://db/shop',
    ],
    ['SQLite3::Database.new("a.db").execute <<~SQL\n  DROP TABLE a\nSQL', 'sql sqlite DROP TABLE a\n at a.db'],
    ['SQLite3::Database.new(":memory:").execute("DROP TABLE a")'],
    ['def run(conn) = conn.exec("TRUNCATE a"); run(db)', 'sql generic TRUNCATE a at ?'],
    ['ActiveRecord::Base.connection.execute("TRUNCATE a")', 'sql generic TRUNCATE a at ?'],
    [
      'ActiveRecord::Base.connection.tables.each { |t| ActiveRecord::Base.connection.drop_table(t) }',
      'call active_record drop_table all',
    ],
    ['User.delete_all', 'call active_record delete_all all'],
    ['User.where(id: 1).delete_all', 'call active_record delete_all'],
    ['User.order(:id).destroy_all', 'call active_record destroy_all all'],
    ['User.where("1=1").destroy_all', 'call active_record destroy_all all'],
    ['User.find_each(&:destroy)', 'call active_record destroy all'],
    ['User.where(a: 1).each { |u| u.destroy! }', 'call active_record destroy'],
    ['User.in_batches { |b| b.delete_all }', 'call active_record delete_all all'],
    ['class User < ApplicationRecord; end; User.delete_all', 'call active_record delete_all all'],
    ['user.orders.destroy_all', 'call active_record destroy_all'],
    [
      'ActiveRecord::Schema.define { create_table(:a, force: true) { |t| t.text :b } }',
      'call active_record create_table all',
    ],
    [
      'DB = Sequel.connect("postgres://db/shop"); DB[:a].delete; DB[:a].where(b: 1).delete',
      'call sequel delete all',
      'call sequel delete',
    ],
    [
      'Sequel.connect("postgres://db") { |d| d.drop_table(:a); d.run "DROP VIEW b" }',
      'call sequel drop_table all',
      'sql generic DROP VIEW b at postgres://db',
    ],
    ['Redis.new(url: "redis://r").flushall', 'run redis-cli -u redis://r FLUSHALL'],
    [
      'Mongo::Client.new("mongodb://db/shop")[:a].delete_many({})',
      'run mongosh mongodb://db/shop --eval db.a.deleteMany({})',
    ],
    [
      'Mongo::Client.new(["db:1"])[:a].find(b: 1).delete_many',
      'run mongosh db:1 --eval db.a.deleteMany({ filter: 1 })',
    ],
    [
      'Aws::RDS::Client.new.delete_db_instance(db_instance_identifier: "a", skip_final_snapshot: true)',
      'run aws rds delete-db-instance --db-instance-identifier a --skip-final-snapshot',
    ],
    ['Aws::S3::Resource.new.bucket("a").clear!', 'run aws s3 rm --recursive s3://a'],
    ['Rake::Task["db:drop"].invoke', 'run rake db:drop'],
    ['File.find(1); Time.now.delete; Set.new.delete(1)'],
  ])('%s', (code, ...effects) => check(code, effects));
});

describe('files of the project', () => {
  const files = {
    '/srv/acme/shop/lib/wipe.rb': 'module Wipe\n  def self.go(d) = FileUtils.rm_rf(d)\nend\nFile.delete("once")',
    '/srv/acme/shop/lib/loop.rb': 'require_relative "loop"\nFile.delete("looped")',
  };
  test.each<Case>([
    ['require_relative "lib/wipe"\nrequire_relative "lib/wipe"\nWipe.go("a")', 'delete once', 'delete tree a'],
    ['require "./lib/wipe"', 'delete once'],
    ['load "lib/wipe.rb"; load "lib/wipe.rb"', 'delete once', 'delete once'],
    ['require_relative "lib/loop"', 'delete looped'],
    ['require "json"; require "lib/wipe"'],
  ])('%s', (code, ...effects) => check(code, effects, { files, path: '/srv/acme/shop/run.rb' }));

  test('arguments and the guard of the main program', () => {
    const code = 'def main(d) = File.delete(d)\nmain(ARGV.first) if __FILE__ == $0';
    check(code, ['delete x'], { args: ['x'], path: '/srv/acme/shop/run.rb' });
  });
});

describe('rake', () => {
  const rakefile = `task default: [:clean]
task(:clean) { rm_rf "build" }
namespace :db do
  task(:wipe, [:table] => [:check]) { |_t, args| sh "psql -c 'drop table #{args[:table]}'" }
  task(:check) { sh "pg_isready" }
end`;
  test.each<readonly [tasks: string, ...effects: string[]]>([
    ['', 'delete tree build'],
    ['clean', 'delete tree build'],
    ['db:wipe[orders]', 'shell pg_isready', "shell psql -c 'drop table orders'"],
    ['db:migrate'],
    ['clean db:check', 'delete tree build', 'shell pg_isready'],
  ])('rake %s', (tasks, ...effects) =>
    check(rakefile, effects, { args: tasks.split(' ').filter((each) => each !== ''), path: '/srv/acme/shop/Rakefile' }),
  );
});

describe('texts that are hard to read', () => {
  test.each<readonly [name: string, ...rest: Case]>([
    ['shell words', 'rm -rf ) ( [ ; end end', 'opaque the ruby program does not parse'],
    ['nothing', ''],
    ['a comment', '# only a comment'],
    ['brackets in brackets', '['.repeat(20_000), 'opaque the ruby program does not parse'],
    ['methods that call each other', 'def a = b; def b = a; a'],
    ['letters of several bytes', 'x = "ü" * 3; File.delete("ö")', 'delete ö'],
    ['a loop without an end', 'loop { spawn "make" }', 'shell make'],
  ])('%s', (_name, code, ...effects) => check(code, effects));

  test('a program that never ends reaches a bound that is named', () => {
    const lines = effectLines(reader, `n = (1..60).to_a\n${'n.each { |a| '.repeat(5)}a${' }'.repeat(5)}`);
    expect(lines).toEqual([expect.stringMatching(/^opaque more than \d+ steps$/)]);
  });

  test('every effect says where it stands', () => {
    const effects = reader.read('# ü\nx = 1\nFile.delete(\n  "a"\n)\n', {
      args: [],
      cwd: { kind: 'static', value: '/', glob: false },
      path: undefined,
      variable: () => undefined,
      stdin: undefined,
      readFile: () => undefined,
    });
    expect(effects.map(({ line, via }) => `${line} ${via}`)).toEqual(['3 File.delete']);
  });
});
