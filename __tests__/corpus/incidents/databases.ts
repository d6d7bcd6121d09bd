// Incidents in which databases lost tables or rows, mostly by tools and programs that hide the statement.
import type { Incident } from './incident.ts';

const railwayUrl = 'postgresql://postgres:hunter2secret@monorail.proxy.rlwy.net:33412/railway';

export const databaseIncidents: readonly Incident[] = [
  {
    id: 'cc-74557-init-db',
    source: 'https://github.com/anthropics/claude-code/issues/74557',
    story: 'A helper was called with a connection where it takes «drop what exists», which is true of any connection.',
    command:
      'python3 -c "from db.pg_conn import get_conn; from db.pg_init import init_db; conn = get_conn(); init_db(conn); conn.commit()"',
    files: {
      'db/__init__.py': '',
      'db/pg_conn.py':
        'import os\nimport psycopg2\n\ndef get_conn():\n    return psycopg2.connect(os.environ["DATABASE_URL"])\n',
      'db/pg_init.py': `from db.pg_conn import get_conn

def init_db(drop_existing=False):
    conn = get_conn()
    with conn.cursor() as cur:
        if drop_existing:
            cur.execute("DROP TABLE IF EXISTS trades CASCADE")
        cur.execute("CREATE TABLE IF NOT EXISTS trades (id bigint, price numeric)")
`,
    },
    env: { DATABASE_URL: 'postgresql://ingest@db.production.acme.example/market' },
    rule: 'sql/drop-table',
    origin: 'python3 -> /home/ada/shop/db/pg_init.py line 7',
    target: 'database market @ db.production.acme.example',
    environment: 'production',
    harmless: {
      command:
        'python3 -c "from db.pg_conn import get_conn; cur = get_conn().cursor(); cur.execute(\'SELECT count(*) FROM trades\'); print(cur.fetchone())"',
    },
  },
  {
    id: 'cc-61528-initdb-force',
    source: 'https://github.com/anthropics/claude-code/issues/61528',
    story: 'To check a message, the project’s own tool was run with --force against the real database.',
    command: 'uv run pipeline init-db --force',
    files: {
      'pyproject.toml':
        '[project]\nname = "pipeline"\nversion = "1.0"\n\n[project.scripts]\npipeline = "pipeline.cli:main"\n',
      'src/pipeline/__init__.py': '',
      'src/pipeline/cli.py': `import argparse
import sqlite3

DATABASE = "/srv/pipeline/production.db"

def main():
    parser = argparse.ArgumentParser(prog="pipeline")
    parser.add_argument("action", choices=["init-db", "status"])
    parser.add_argument("--force", action="store_true")
    args = parser.parse_args()
    connection = sqlite3.connect(DATABASE)
    if args.force:
        connection.execute("DROP TABLE IF EXISTS documents")
    connection.execute("CREATE TABLE documents (id integer)")
`,
    },
    rule: 'sql/drop-table',
    origin: 'pyproject.toml "pipeline" line 6 -> uv run -> /home/ada/shop/src/pipeline/cli.py line 13',
    target: 'database /srv/pipeline/production.db',
  },
  {
    id: 'cc-49220-password-reset',
    source: 'https://github.com/anthropics/claude-code/issues/49220',
    story: 'Asked about a user’s password, the agent wrote a new one into the production database.',
    command:
      'set -a; . ./.env.production; set +a; psql "$DATABASE_URL" -c "UPDATE users SET password_hash = \'x1\' WHERE email = \'mia@acme.example\'"',
    files: { '.env.production': 'DATABASE_URL=postgresql://support@db.production.acme.example/accounts\n' },
    rule: 'sql/update-rows',
    origin: '',
    target: 'database accounts @ db.production.acme.example',
    environment: 'production',
    harmless: {
      command:
        'set -a; . ./.env.production; set +a; psql "$DATABASE_URL" -c "SELECT email, updated_at FROM users WHERE email = \'mia@acme.example\'"',
    },
  },
  {
    id: 'cc-37439-laravel-env-testing',
    source: 'https://github.com/anthropics/claude-code/issues/37439',
    story: 'There was no .env.testing, so the framework read .env and rebuilt the main database from nothing.',
    command: 'php artisan migrate:fresh --env=testing',
    files: {
      artisan: '<?php\nrequire __DIR__."/vendor/autoload.php";\n',
      '.env':
        'APP_ENV=production\nDB_CONNECTION=mysql\nDB_HOST=db.production.acme.example\nDB_DATABASE=shop\nDB_USERNAME=shop\n',
    },
    rule: 'orm/artisan-fresh',
    origin: '',
    target: 'database shop @ db.production.acme.example',
    environment: 'production',
    harmless: { command: 'php artisan migrate:status --env=testing' },
  },
  {
    id: 'cc-34729-prisma-reset',
    source: 'https://github.com/anthropics/claude-code/issues/34729',
    story: 'After a change of the schema the development database was reset, with data that people used.',
    command: 'pnpm db:reset',
    files: {
      'package.json': '{"scripts":{"db:reset":"sh scripts/reset.sh","db:status":"prisma migrate status"}}',
      'scripts/reset.sh': '#!/bin/sh\nset -e\nnpx prisma migrate reset --force\n',
      '.env': 'DATABASE_URL=postgresql://ada@localhost:5432/shop_dev\n',
    },
    rule: 'orm/prisma-reset',
    origin: 'package.json "db:reset" line 1 -> pnpm run -> sh -> scripts/reset.sh line 3 -> npx',
    target: 'database shop_dev @ localhost',
    environment: 'local',
    harmless: { command: 'pnpm db:status' },
  },
  {
    id: 'builderio-252-drizzle-deploy',
    source: 'https://github.com/BuilderIO/agent-native/pull/252',
    story: 'Two sites had one database, and each deployment of one dropped the tables of the other.',
    command: 'pnpm run build',
    files: {
      'package.json':
        '{"scripts":{"build":"pnpm run db:push && vite build","db:push":"drizzle-kit push --force","preview":"vite preview"}}',
      '.env': 'DATABASE_URL=postgresql://site@ep-cool-rain-123456.eu-central-1.aws.neon.tech/main\n',
    },
    rule: 'orm/drizzle-force',
    origin: 'package.json "build" line 1 -> pnpm run -> package.json "db:push" line 1 -> pnpm run',
    target: 'database main @ ep-cool-rain-123456.eu-central-1.aws.neon.tech',
    harmless: { command: 'pnpm run preview' },
  },
  {
    id: 'cc-27063-drizzle-force',
    source: 'https://github.com/anthropics/claude-code/issues/27063',
    story: 'A forced push of the schema went to production, for the configuration read that address.',
    command: 'npx drizzle-kit push --force',
    files: {
      'drizzle.config.ts':
        "import 'dotenv/config';\nexport default { dialect: 'postgresql', dbCredentials: { url: process.env.DATABASE_URL } };\n",
      '.env': `NODE_ENV=production\nDATABASE_URL=${railwayUrl}\n`,
    },
    rule: 'orm/drizzle-force',
    origin: 'npx',
    target: 'database railway @ monorail.proxy.rlwy.net',
    environment: 'unknown',
    harmless: { command: 'npx drizzle-kit generate' },
  },
  {
    id: 'antfarm-162-tests',
    source: 'https://github.com/snarktank/antfarm/issues/162',
    story: 'The tests worked on the path of the live database, which stood in the code.',
    command: 'node --test tests/purge.test.ts',
    files: {
      'tests/purge.test.ts': `import { test } from 'node:test';
import { openDatabase } from '../src/db.ts';

test('purges finished runs', () => {
  const db = openDatabase();
  db.exec('DELETE FROM runs');
});
`,
      'src/db.ts': `import { homedir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const path = join(homedir(), '.antfarm', 'antfarm.db');
export const openDatabase = (): DatabaseSync => new DatabaseSync(path);
`,
    },
    rule: 'sql/delete-all',
    origin: 'tests/purge.test.ts -> tests/purge.test.ts line 6',
    target: 'database /home/ada/.antfarm/antfarm.db',
    harmless: {
      files: {
        'tests/purge.test.ts':
          "import { test } from 'node:test';\nimport { DatabaseSync } from 'node:sqlite';\ntest('counts', () => { new DatabaseSync(':memory:').exec('SELECT 1'); });\n",
      },
    },
  },
  {
    id: 'cc-14411-prisma-accept',
    source: 'https://github.com/anthropics/claude-code/issues/14411',
    story: 'A schema was pushed with the loss of data accepted beforehand.',
    command: 'npx prisma db push --accept-data-loss',
    files: {
      'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
      '.env': 'DATABASE_URL=postgresql://app@orders.production.acme.example:5432/orders\n',
    },
    rule: 'orm/prisma-reset',
    origin: 'npx',
    target: 'database orders @ orders.production.acme.example',
    environment: 'production',
    harmless: { command: 'npx prisma db pull --print' },
  },
  {
    id: 'cc-10086-rails-rake',
    source: 'https://github.com/anthropics/claude-code/issues/10086',
    story: 'A task that the agent had written emptied a database that DATABASE_URL had chosen.',
    command: 'bin/rails i18n:check_charting',
    files: {
      'bin/rails':
        '#!/usr/bin/env ruby\nAPP_PATH = File.expand_path("../config/application", __dir__)\nrequire "rails/commands"\n',
      Rakefile: 'require_relative "config/application"\nRails.application.load_tasks\n',
      'lib/tasks/i18n.rake': `namespace :i18n do
  desc "Checks the translations of the charting service"
  task check_charting: :environment do
    Chart.delete_all
    Patient.destroy_all
    puts ChartingService.new.check
  end

  task report: :environment do
    puts Chart.count
  end
end
`,
      '.env': 'DATABASE_URL=postgresql://ada@localhost/clinic_development\n',
    },
    rule: 'orm/active-record-rows-delete',
    origin: 'Rakefile "i18n:check_charting" -> rails -> /home/ada/shop/lib/tasks/i18n.rake line 4',
    target: 'database clinic_development @ localhost',
    harmless: { command: 'bin/rails i18n:report' },
  },
  {
    id: 'replit-saastr-2025-07',
    source: 'https://vibegraveyard.ai/story/saastr-replit-agent-db-wipe',
    story: 'During a freeze a package script pushed a schema onto the one database that served everything.',
    command: 'npm run db:push',
    files: {
      'package.json': '{"scripts":{"dev":"tsx server/index.ts","db:push":"drizzle-kit push --force","check":"tsc"}}',
      '.env': 'DATABASE_URL=postgresql://neondb_owner@ep-live-sun-654321.us-east-2.aws.neon.tech/executives\n',
    },
    rule: 'orm/drizzle-force',
    origin: 'package.json "db:push" line 1 -> npm run',
    target: 'database executives @ ep-live-sun-654321.us-east-2.aws.neon.tech',
    environment: 'production',
    harmless: { command: 'npm run check' },
  },
  {
    id: 'oed-345-tests',
    source: 'https://github.com/OpenEnergyDashboard/OED/issues/345',
    story: 'The tests recreate the tables of whichever database is configured, and that was the production one.',
    command: 'npm test',
    files: {
      'package.json': '{"scripts":{"pretest":"node src/test/recreate.js","test":"mocha src/test"}}',
      'src/test/recreate.js': `const { Pool } = require('pg');
const pool = new Pool({ connectionString: process.env.DATABASE_URL });

async function recreate() {
  await pool.query('DROP TABLE IF EXISTS readings, meters CASCADE');
}
recreate();
`,
    },
    env: { DATABASE_URL: 'postgresql://oed@database.production.acme.example/oed' },
    rule: 'sql/drop-table',
    origin: 'package.json "pretest" line 1 -> npm test -> src/test/recreate.js -> src/test/recreate.js line 5',
    target: 'database oed @ database.production.acme.example',
    environment: 'production',
    harmless: { files: { 'package.json': '{"scripts":{"pretest":"eslint .","test":"mocha src/test"}}' } },
  },
];
