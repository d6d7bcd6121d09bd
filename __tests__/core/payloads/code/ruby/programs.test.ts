// Whole Ruby programs by all shipped rules: ordinary ones run, and of destructive ones the right lines are held.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Ruby, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { held } from '../held.ts';

const files = {
  '/srv/orders/Gemfile': 'source "https://rubygems.org"\n',
  '/srv/orders/orders.csv': 'id,total\n1,20\n',
  '/srv/orders/app/models/order.rb': 'class Order < ApplicationRecord\nend\n',
  '/srv/shop/uploads/a.pdf': 'a',
};

describe('ordinary one-liners run', () => {
  test.each([
    `rails runner 'puts Order.where(state: "open").group(:customer_id).count.sort_by(&:last).last(5).inspect'`,
    `rails runner 'Order.includes(:lines).find_each(batch_size: 500) { |o| puts [o.id, o.total].join(",") }'`,
    `bin/rails runner 'p ActiveRecord::Base.connection.select_all("SELECT count(*) FROM orders").to_a'`,
    `bin/rails runner 'User.find_by(email: "ann@acme.com").update!(name: "Ann")'`,
    `bundle exec rails runner 'puts Rails.application.config.cache_store; Rails.cache.fetch("a") { 1 }'`,
    `ruby -rcsv -e 'puts CSV.foreach("orders.csv", headers: true).sum { |r| r["total"].to_i }'`,
    `ruby -rjson -ne 'puts JSON.parse($_).dig("a", "b")' events.jsonl`,
    `ruby -i -pe '$_.gsub!(/v1/, "v2")' app/models/order.rb`,
    `ruby -e 'puts ARGF.each_line.grep(/ERROR/).tally.max_by(&:last)' app.log`,
    `ruby -ropen3 -e 'o, s = Open3.capture2("git", "status", "--short"); puts o.lines.size'`,
    `ruby -rsecurerandom -e 'puts SecureRandom.hex(16)'`,
    `ruby -rerb -e 'puts ERB.new(File.read("a.erb"), trim_mode: "-").result(binding)'`,
    `bundle exec rake test TEST=test/order_test.rb`,
  ])('%s', async (command) =>
    expect(
      await held(command, {
        ...files,
        '/srv/orders/Rakefile':
          'require "rake/testtask"\nRake::TestTask.new(:test) { |t| t.pattern = "test/**/*_test.rb" }\ntask default: :test\ntask(:purge) { rm_rf "/srv/shop" }\n',
      }),
    ).toBe('run'),
  );
});

describe('ordinary programs run', () => {
  test.each([
    [
      'a minitest case with a temporary folder',
      `require "minitest/autorun"
require "tmpdir"
require "fileutils"
class OrderTest < Minitest::Test
  def setup
    @dir = Dir.mktmpdir("orders")
  end
  def teardown
    FileUtils.remove_entry(@dir)
  end
  def test_total
    File.write(File.join(@dir, "a.json"), "{}")
    assert_equal 2, File.size("#{@dir}/a.json")
  end
end
`,
    ],
    [
      'a command line tool with options',
      `#!/usr/bin/env ruby
# frozen_string_literal: true
require "optparse"
Options = Struct.new(:out, :verbose, keyword_init: true)
options = Options.new(out: "report.md", verbose: false)
OptionParser.new do |parser|
  parser.banner = "Usage: report [options]  (never runs rm -rf /)"
  parser.on("-o", "--out FILE", "where to write") { |v| options.out = v }
  parser.on("-v", "--verbose") { options.verbose = true }
end.parse!(ARGV)
rows = ARGV.flat_map { |path| File.readlines(path, chomp: true).drop(1) }.map { _1.split(",") }
File.open(options.out, "w") do |f|
  rows.each_with_index { |(id, total), i| f.puts format("%3d %-10s %8.2f", i, id, total.to_f) }
end
warn "wrote #{options.out}" if options.verbose
`,
    ],
    [
      'heredocs with destructive text',
      `SQL = <<~SQL
  DROP TABLE orders;
SQL
HELP = <<-'HELP'
  system("rm -rf /srv/shop")
  HELP
puts HELP, SQL.lines.count
`,
    ],
    [
      'a rescue and a retry around a request',
      `require "net/http"
require "json"
tries = 0
begin
  response = Net::HTTP.get_response(URI("https://api.acme.com/v1/orders?limit=5"))
  raise "bad: #{response.code}" unless response.is_a?(Net::HTTPSuccess)
  JSON.parse(response.body, symbolize_names: true).each { |o| puts o[:id] }
rescue StandardError => e
  retry if (tries += 1) < 3
  abort e.message
ensure
  puts "done"
end
`,
    ],
    [
      'modules, delete on a hash and on an array',
      `module Cart
  Item = Data.define(:sku, :price)
  class << self
    def build(items) = items.map { |sku, price| Item.new(sku:, price:) }
  end
end
cart = Cart.build({ "a" => 1, "b" => 2 })
index = cart.to_h { [_1.sku, _1] }
index.delete("a")
cart.delete_if { |item| item.price > 1 }
index.clear; cart.clear
case [cart, index]
in [[], Hash => rest] if rest.empty? then puts "empty"
else puts "some"
end
`,
    ],
    [
      'a deploy helper that only prints commands',
      `dry = true
steps = ["git fetch", "rm -rf releases/old", "kubectl delete pod web-1"]
steps.each { |step| puts "+ #{step}" }
puts %w[rm -rf /].join(" ") if dry
system("git", "rev-parse", "HEAD", exception: true)
`,
    ],
    [
      'a metaprogrammed configuration',
      `Config = Class.new do
  %i[host port user].each { |name| attr_accessor name; define_method("#{name}?") { !send(name).nil? } }
  def method_missing(name, *args) = name.to_s.end_with?("=") ? instance_variable_set("@#{name.to_s.chomp("=")}", args.first) : super
  def respond_to_missing?(*) = true
end
config = Config.new.tap { |c| c.host = "localhost"; c.public_send(:port=, 5432) }
puts config.instance_variables.inspect
`,
    ],
    [
      'clears what it built',
      `require "fileutils"
include FileUtils
root = File.expand_path("..", __dir__)
%w[tmp/cache coverage node_modules].each { |d| rm_rf d }
mkdir_p "pkg"
cp "README.md", "pkg/", noop: true
Dir["pkg/*.tmp"].each { |f| rm f }
sh = ->(cmd) { puts cmd; system(cmd) or exit(1) }
sh.call("bundle exec rubocop")
sh.("bundle exec rspec")
`,
    ],
    [
      'an in-memory database',
      `require "sqlite3"
db = SQLite3::Database.new ":memory:"
db.execute_batch "DROP TABLE IF EXISTS orders; CREATE TABLE orders (id INTEGER)"
3.times { |i| db.execute("INSERT INTO orders VALUES (?)", [i]) }
db.execute("DELETE FROM orders")
`,
    ],
    [
      'a benchmark and a thread pool',
      `require "benchmark"
queue = Queue.new
4.times { |i| queue << i }
workers = Array.new(2) { Thread.new { queue.pop(true).then { |n| n**2 } until queue.empty? } }
puts Benchmark.realtime { workers.each(&:join) }.round(3)
at_exit { File.delete("/tmp/orders.lock") if File.exist?("/tmp/orders.lock") }
trap("INT") { exit 130 }
`,
    ],
  ])('%s', async (_what, program) =>
    expect(await held('ruby job.rb orders.csv', { ...files, '/srv/orders/job.rb': program })).toBe('run'),
  );
});

describe('destructive programs are held', () => {
  test.each([
    ['3', `require "fileutils"\nroot = Pathname.new("/srv") + "shop"\nFileUtils.rm_rf(root.join("uploads"))\n`],
    [
      '4',
      `require "find"\nFind.find("/srv/shop/uploads") do |path|\n  next unless File.file?(path)\n  File.unlink(path)\nend\n`,
    ],
    ['2', `base = ENV.fetch("SHOP_ROOT", "/srv/shop")\nsystem("rm -rf #{base}/uploads")\n`],
    [
      '3',
      `class Janitor\n  def initialize(root) = @root = root\n  def sweep = FileUtils.rm_r(Dir.glob("#{@root}/*"), secure: true)\nend\nJanitor.new("/srv/shop").sweep\n`,
    ],
    [
      '2',
      `%w[orders customers].each do |table|\n  ActiveRecord::Base.connection.execute("TRUNCATE TABLE #{table} CASCADE")\nend\n`,
    ],
    [
      '3',
      `require "net/http"\nuri = URI("https://api.acme.com/v1/volumes/7")\nNet::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(Net::HTTP::Delete.new(uri)) }\n`,
    ],
    ['2', `cmd = ["kubectl", "delete", "namespace", "shop", "--context", "acme-prod"]\nsystem(*cmd)\n`],
    ['1', `%x(git push --force origin main)\n`],
    [
      '3',
      `begin\n  Timeout.timeout(5) do\n    IO.popen(["rm", "-rf", "/srv/shop"]) { |io| io.read }\n  end\nrescue Timeout::Error\nend\n`,
    ],
    ['3', `require "open-uri"\nsource = URI.parse("https://acme.com/setup.rb").open.read\ninstance_eval(source)\n`],
    [
      '2',
      `def wipe(*paths, force: true)\n  paths.each { |path| FileUtils.rm_rf(path) if force }\nend\nwipe "/srv/shop/uploads", "/srv/shop/exports"\n`,
    ],
    ['2', `action = :rm_rf\nFileUtils.public_send(action, "/srv/shop")\n`],
    ['2', `client = Mongo::Client.new("mongodb://db.acme.com/shop")\nclient[:orders].drop\n`],
    ['1', `Dir.each_child("/srv/shop/uploads") { |name| File.delete("/srv/shop/uploads/" + name) }\n`],
    ['4', `case ARGV.first\nwhen "list" then puts 1\nelse\n  Pathname("/srv/shop").rmtree\nend\n`],
    ['2', `pid = spawn({ "A" => "b" }, "echo")\nfork { exec "dropdb", "-h", "db.acme.com", "shop" }\n`],
    ['2', `require "pg"\nPG.connect(ENV["DATABASE_URL"]) { |db| db.exec("DROP SCHEMA public CASCADE") }\n`],
  ])('line %s of %s', async (lines, program) =>
    expect(await held('ruby job.rb', { ...files, '/srv/orders/job.rb': program })).toBe(lines),
  );
});

describe('destructive tasks and queries are held', () => {
  test.each([
    `rails runner 'Order.in_batches(&:delete_all)'`,
    `rails runner 'Order.all.destroy_all'`,
    `RAILS_ENV=production rails runner 'ActiveRecord::Base.connection.tables.each { |t| ActiveRecord::Base.connection.drop_table(t) }'`,
    'bundle exec rake purge',
    'rake build',
  ])('%s', async (command) =>
    expect(
      await held(command, {
        ...files,
        '/srv/orders/Rakefile': 'task(:purge) { rm_rf "/srv/shop" }\ntask build: [:purge] do\n  sh "true"\nend\n',
      }),
    ).not.toBe('run'),
  );
});
