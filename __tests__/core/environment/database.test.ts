// SQL databases, Redis and MongoDB on frozen observations: environment, the place it was read from, and the target's name.
import { describe, expect, test } from '@jest/globals';
import type { Fact } from '../../../src/core/model/fact.ts';
import type { EnvironmentName } from '../../../src/core/model/verdict.ts';
import { evidenceOf, locateLast, type Setting } from './support/world.ts';

const at = (files: Record<string, string>, rest: Setting = {}): Setting => ({
  ...rest,
  files: Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path.replace(/^~/, '/home/ada').replace(/^\.\//, '/home/ada/acme/'),
      text,
    ]),
  ),
});

/** Command line, what it is, a part of the evidence, the target's name, the world. */
type Row = readonly [command: string, environment: EnvironmentName, evidence: string, name: string, setting?: Setting];

const services =
  '[orders]\nhost=db.acme-prod.com\nport=5432\ndbname=orders\n\n[scratch]\nhost=localhost\ndbname=scratch\n';
const production = { env: { DATABASE_URL: 'postgres://app:s3cret@db.acme-prod.com/orders' } };

const postgres: readonly Row[] = [
  ['psql -h db.acme-prod.com -d orders', 'production', '-h in the command', 'orders @ db.acme-prod.com'],
  ['psql -h db.acme.com orders', 'unknown', 'database host db.acme.com', 'orders @ db.acme.com'],
  ['psql --host=stg-db.acme.com --dbname=orders', 'staging', '--host in the command', 'orders @ stg-db.acme.com'],
  ['psql postgres://app:s3cret@db.acme-prod.com:5432/orders', 'production', 'the command', 'orders @ db.acme-prod.com'],
  ['psql "host=db.acme-prod.com dbname=orders"', 'production', 'the command', 'orders @ db.acme-prod.com'],
  ['psql -d postgresql://localhost/orders', 'local', 'hostname ada-laptop', 'orders @ localhost'],
  ['psql orders', 'local', 'hostname ada-laptop', 'orders @ this machine'],
  ['psql', 'local', 'hostname ada-laptop', 'default database @ this machine'],
  ['psql orders_production', 'production', 'database orders_production', 'orders_production @ this machine'],
  ['PGHOST=db.acme-prod.com psql orders', 'production', 'PGHOST in front of the command', 'orders @ db.acme-prod.com'],
  [
    'psql orders',
    'production',
    'PGHOST in the environment',
    'orders @ db.acme-prod.com',
    { env: { PGHOST: 'db.acme-prod.com' } },
  ],
  [
    'export PGHOST=db.acme-prod.com; psql orders',
    'production',
    'PGHOST set in the command line',
    'orders @ db.acme-prod.com',
  ],
  ['PGDATABASE=orders psql -h localhost', 'local', 'PGDATABASE in front of the command', 'orders @ localhost'],
  [
    'psql -h localhost orders',
    'unknown',
    'database host 10.1.2.3',
    'orders @ 10.1.2.3',
    { env: { PGHOSTADDR: '10.1.2.3' } },
  ],
  [
    'psql service=orders',
    'production',
    '~/.pg_service.conf:2',
    'orders @ db.acme-prod.com',
    at({ '~/.pg_service.conf': services }),
  ],
  [
    'PGSERVICE=orders psql',
    'production',
    '~/.pg_service.conf:2',
    'orders @ db.acme-prod.com',
    at({ '~/.pg_service.conf': services }),
  ],
  ['PGSERVICE=scratch psql', 'local', 'service scratch', 'scratch @ localhost', at({ '~/.pg_service.conf': services })],
  ['PGSERVICE=orders psql', 'unknown', 'not known before it runs', 'default database @ …'],
  ['psql -h "$(cat host.txt)" orders', 'unknown', 'not known before it runs', 'orders @ …'],
  ['psql "$TARGET"', 'unknown', 'not known before it runs', 'default database @ …', { env: 'unknown' }],
  ['psql "$DATABASE_URL"', 'production', 'db.acme-prod.com', 'orders @ db.acme-prod.com', production],
  ['psql orders', 'local', 'hostname', 'orders @ this machine', production],
  ['psql orders', 'unknown', 'PGHOST, which may be set', 'orders @ this machine', { env: 'unknown' }],
  [
    'psql -h localhost orders',
    'local',
    'database host localhost',
    'orders @ localhost',
    { env: 'unknown', listeners: 'off' },
  ],
  [
    'psql -h localhost -p 15432 orders',
    'unknown',
    'was not seen',
    'orders @ localhost',
    { env: 'unknown', listeners: 'off' },
  ],
  ['psql -h localhost orders', 'local', 'another user', 'orders @ localhost', { listeners: 'foreign' }],
  [
    'psql -h 127.0.0.1 -p 5433 orders',
    'unknown',
    'port 5433 is a tunnel: ssh',
    'orders @ 127.0.0.1',
    { listeners: { 5433: 'ssh -fNL 5433:10.0.0.4:5432 bastion' } },
  ],
  [
    'psql -h localhost -p 5433 orders',
    'production',
    'db.acme-prod.com',
    'orders @ localhost',
    { listeners: { 5433: 'ssh -fNL 5433:db.acme-prod.com:5432 bastion' } },
  ],
  [
    'psql -h localhost orders',
    'unknown',
    'tunnel: kubectl port-forward',
    'orders @ localhost',
    { listeners: { 5432: 'kubectl port-forward svc/pg 5432' } },
  ],
  [
    'psql -h localhost orders',
    'production',
    'tunnel: cloud-sql-proxy',
    'orders @ localhost',
    { listeners: { 5432: 'cloud-sql-proxy acme-prod:europe-west1:orders' } },
  ],
  ['psql -h localhost orders', 'local', 'postgres listens', 'orders @ localhost', { listeners: { 5432: 'postgres' } }],
  [
    'psql -h localhost orders',
    'local',
    'docker-proxy listens',
    'orders @ localhost',
    { listeners: { 5432: 'docker-proxy' } },
  ],
  [
    'psql -h localhost orders',
    'unknown',
    'python3 listens',
    'orders @ localhost',
    { listeners: { 5432: 'python3 relay.py' } },
  ],
  ['ssh -fNL 5432:db:5432 bastion; psql -h localhost orders', 'unknown', 'opens a tunnel', 'orders @ localhost'],
  ['kubectl port-forward svc/pg 5432 & psql -h localhost orders', 'unknown', 'opens a tunnel', 'orders @ localhost'],
  ['psql -h /var/run/postgresql orders', 'local', 'hostname', 'orders @ this machine'],
  ['psql -h /cloudsql/acme-prod:europe-west1:orders app', 'production', 'acme-prod', 'app @ this machine'],
  [
    'psql -h orders.cluster-abc.eu-west-1.rds.amazonaws.com app',
    'unknown',
    'rds.amazonaws.com',
    'app @ orders.cluster-abc.eu-west-1.rds.amazonaws.com',
  ],
  ['psql -h db.acme.dev orders', 'unknown', 'db.acme.dev', 'orders @ db.acme.dev'],
  ['psql -h pg.dev.acme.com orders', 'development', 'pg.dev.acme.com', 'orders @ pg.dev.acme.com'],
  ['psql -h printer.local orders', 'unknown', 'printer.local', 'orders @ printer.local'],
  ['psql -h postgres orders', 'unknown', 'database host postgres', 'orders @ postgres'],
  ['psql orders', 'production', 'called orders-prod-1', 'orders @ this machine', { hostname: 'orders-prod-1' }],
  ['dropdb orders', 'local', 'hostname', 'orders @ this machine'],
  ['dropdb -h db.acme-prod.com orders', 'production', '-h in the command', 'orders @ db.acme-prod.com'],
  ['pg_restore --clean -h db.acme-prod.com -d orders dump.bin', 'production', '-h', 'orders @ db.acme-prod.com'],
  ['pg_restore --clean -t items -d orders dump.bin', 'local', 'hostname', 'orders @ this machine'],
  ['ssh db1.prod.acme.com psql orders', 'production', 'ssh destination', 'orders @ db1.prod.acme.com'],
  ['ssh db1 psql orders', 'unknown', 'ssh destination db1', 'orders @ db1'],
  [
    'ssh db1 psql orders',
    'production',
    'HostName from ~/.ssh/config:2',
    'orders @ db1',
    at({ '~/.ssh/config': 'Host db1\n  HostName db1.prod.acme.com\n' }),
  ],
  ['ssh bastion psql -h db.staging.acme.com orders', 'staging', '-h in the command', 'orders @ db.staging.acme.com'],
  ['docker exec pg psql -U postgres orders', 'local', 'container pg', 'orders @ container pg'],
  ['docker --context acme-prod exec pg psql orders', 'production', '--context in the command', 'orders @ container pg'],
  ['DOCKER_HOST=ssh://deploy@10.0.0.5 docker exec pg psql orders', 'unknown', 'DOCKER_HOST', 'orders @ container pg'],
  [
    'docker compose -f docker-compose.prod.yml exec db psql orders',
    'production',
    'docker-compose.prod.yml',
    'orders @ container db',
  ],
  [
    'kubectl --context acme-prod exec pg-0 -- psql orders',
    'production',
    '--context in the command',
    'orders @ pod pg-0',
  ],
  ['kubectl exec pg-0 -- psql orders', 'unknown', 'no kubeconfig|pod pg-0', 'orders @ pod pg-0'],
];

const others: readonly Row[] = [
  ['mysql -h db.acme-prod.com orders', 'production', '-h in the command', 'orders @ db.acme-prod.com'],
  ['mysql -uroot -ps3cret orders', 'local', 'hostname', 'orders @ this machine'],
  ['mysql -u root -phost.acme.com orders', 'local', 'hostname', 'orders @ this machine'],
  [
    'mysql orders',
    'production',
    'MYSQL_HOST in the environment',
    'orders @ db.acme-prod.com',
    { env: { MYSQL_HOST: 'db.acme-prod.com' } },
  ],
  [
    'mysql',
    'production',
    '~/.my.cnf:2',
    'orders @ db.acme-prod.com',
    at({ '~/.my.cnf': '[client]\nhost=db.acme-prod.com\ndatabase=orders\n' }),
  ],
  [
    'mysql -h localhost',
    'local',
    'localhost',
    'default database @ localhost',
    at({ '~/.my.cnf': '[client]\nhost=db.acme-prod.com\n' }),
  ],
  [
    'mysql --defaults-file=/home/ada/acme/staging.cnf',
    'staging',
    'staging.cnf:2',
    'orders @ stg.acme.com',
    at({ './staging.cnf': '[client]\nhost = "stg.acme.com"\ndatabase = orders\n' }),
  ],
  ['mysql --login-path=prod orders', 'production', 'login path prod', 'orders @ …'],
  ['mysql --login-path=reports orders', 'unknown', 'not known before it runs', 'orders @ …'],
  ['mysqladmin drop orders', 'local', 'hostname', 'orders @ this machine'],
  ['sqlite3 app.db', 'local', 'database file app.db', 'app.db'],
  ['sqlite3 /srv/production/app.db', 'production', 'database file', '/srv/production/app.db'],
  ['sqlite3 "$DB"', 'unknown', 'not known before it runs', '…', { env: 'unknown' }],
  [
    'sqlcmd -S acme-prod.database.windows.net -d orders',
    'production',
    '-S in the command',
    'orders @ acme-prod.database.windows.net',
  ],
  ['sqlcmd -S "tcp:db.acme.com\\\\sql,1433" -d orders', 'unknown', 'db.acme.com', 'orders @ db.acme.com'],
  ['sqlcmd -S "(local)" -d orders', 'local', 'hostname', 'orders @ this machine'],
  [
    'cockroach sql --url postgresql://root@crdb.acme-prod.com:26257/orders',
    'production',
    '--url',
    'orders @ crdb.acme-prod.com',
  ],
  ['cqlsh cassandra.acme-prod.com', 'production', 'the command', 'default database @ cassandra.acme-prod.com'],
  ['pscale shell orders main', 'production', 'branch main', 'orders'],
  ['turso db shell orders', 'unknown', 'database orders', 'orders'],
  ['wrangler d1 execute orders --command "drop table x"', 'local', 'hostname', 'orders @ this machine'],
  ['wrangler d1 execute orders --remote --command "drop table x"', 'unknown', 'database orders', 'orders'],
  ['wrangler d1 execute orders --remote --env production --command x', 'production', '--env', 'orders'],
  ['supabase db reset', 'local', 'the default of supabase db reset', 'postgres @ this machine'],
  [
    'supabase db reset --linked',
    'unknown',
    'supabase/.temp/project-ref:1',
    'abcdefghijkl',
    at({ './supabase/.temp/project-ref': 'abcdefghijkl\n' }),
  ],
  ['supabase db push', 'unknown', 'nothing says', 'database of supabase'],
  [
    'supabase db reset --db-url postgres://x@db.acme-prod.com/orders',
    'production',
    '--db-url',
    'orders @ db.acme-prod.com',
  ],
];

const url = (host: string, name = 'orders') => `DATABASE_URL=postgres://app:s3cret@${host}/${name}\n`;
const databaseYml =
  'production:\n  adapter: postgresql\n  host: db.acme.com\n  database: orders\ndevelopment:\n  adapter: postgresql\n  database: orders_development\nstaging:\n  adapter: postgresql\n  host: <%= ENV["H"] %>\n';

const tools: readonly Row[] = [
  ['prisma migrate reset', 'unknown', 'nothing says which database', 'database of prisma'],
  ['prisma migrate reset', 'production', 'DATABASE_URL in the environment', 'orders @ db.acme-prod.com', production],
  [
    'DATABASE_URL=postgres://x@localhost/orders prisma migrate reset',
    'local',
    'DATABASE_URL in front',
    'orders @ localhost',
    production,
  ],
  [
    'npx prisma migrate reset --force',
    'production',
    'DATABASE_URL from .env:1',
    'orders @ db.acme-prod.com',
    at({ './.env': url('db.acme-prod.com') }),
  ],
  [
    'npx prisma@5 db push --force-reset',
    'local',
    'DATABASE_URL from .env:2',
    'orders @ localhost',
    at({ './.env': `# local\n${url('localhost')}` }),
  ],
  [
    'prisma migrate reset',
    'production',
    'DIRECT_URL from .env:2',
    'orders @ db.acme-prod.com',
    at({
      './.env': `${url('pool.acme.com')}DIRECT_URL="postgres://x@db.acme-prod.com/orders"\n`,
      './prisma/schema.prisma': 'datasource db {\n url = env("DATABASE_URL")\n directUrl = env("DIRECT_URL")\n}',
    }),
  ],
  [
    'prisma migrate reset',
    'production',
    'POSTGRES_PRISMA_URL from .env:1',
    'orders @ db.acme-prod.com',
    at({
      './.env': 'POSTGRES_PRISMA_URL=postgres://x@db.acme-prod.com/orders\n',
      './prisma/schema.prisma': 'url = env("POSTGRES_PRISMA_URL")',
    }),
  ],
  [
    'prisma migrate reset',
    'unknown',
    'DATABASE_URL from .env:1',
    'app @ aws-0-eu.pooler.supabase.com',
    at({ './.env': 'DATABASE_URL=postgres://x@aws-0-eu.pooler.supabase.com:6543/app\n' }),
  ],
  [
    'prisma migrate reset',
    'unknown',
    'not known before it runs',
    'orders @ …',
    at({ './.env': 'DATABASE_URL=postgres://x@$DB_HOSTNAME/orders\n' }),
  ],
  [
    'prisma migrate reset',
    'production',
    'DATABASE_URL from .env:2',
    'orders @ db.acme-prod.com',
    at({ './.env': 'H=db.acme-prod.com\nDATABASE_URL=postgres://x@$H/orders\n' }),
  ],
  [
    'prisma migrate reset',
    'unknown',
    'DATABASE_URL, which may be set',
    'orders @ localhost',
    at({ './.env': url('localhost') }, { env: 'unknown' }),
  ],
  [
    'prisma migrate reset',
    'production',
    'DATABASE_URL from .env:1',
    'orders @ db.acme-prod.com',
    at({ './.env': url('db.acme-prod.com') }, { env: 'unknown' }),
  ],
  [
    'prisma migrate reset',
    'local',
    'database file ./dev.db',
    './dev.db',
    at({ './.env': 'DATABASE_URL="file:./dev.db"\n' }),
  ],
  [
    'prisma db execute --url postgres://x@db.acme-prod.com/orders --file x.sql',
    'production',
    '--url',
    'orders @ db.acme-prod.com',
  ],
  [
    'drizzle-kit push',
    'production',
    '.env.local:1',
    'orders @ db.acme-prod.com',
    at({ './.env.local': url('db.acme-prod.com'), './.env': url('localhost') }),
  ],
  [
    'drizzle-kit push',
    'production',
    'drizzle.config.ts:2',
    'orders @ db.acme-prod.com',
    at({ './drizzle.config.ts': 'export default {\n url: "postgres://x:y@db.acme-prod.com/orders" }' }),
  ],
  [
    'drizzle-kit push',
    'production',
    'NEON_URL from .env:1',
    'orders @ db.acme-prod.com',
    at({
      './drizzle.config.ts': 'url: process.env.NEON_URL',
      './.env': 'NEON_URL=postgres://x@db.acme-prod.com/orders',
    }),
  ],
  ['knex migrate:rollback --all --env production', 'production', '--env in the command', 'database of knex'],
  ['knex migrate:rollback --all --env staging', 'unknown', 'nothing says', 'database of knex'],
  ['sequelize db:drop --env production', 'production', '--env', 'database of sequelize'],
  ['sequelize db:drop', 'unknown', 'nothing says', 'database of sequelize', { env: { NODE_ENV: 'development' } }],
  [
    'rails db:drop',
    'local',
    'the default of rails',
    'orders_development @ this machine',
    at({ './config/database.yml': databaseYml }),
  ],
  [
    'RAILS_ENV=production rails db:drop',
    'production',
    'RAILS_ENV in front',
    'orders @ db.acme.com',
    at({ './config/database.yml': databaseYml }),
  ],
  ['RAILS_ENV=production rails db:drop', 'production', 'RAILS_ENV in front', 'database of rails'],
  [
    'RAILS_ENV=staging rails db:drop',
    'unknown',
    'not known before it runs',
    'default database @ …',
    at({ './config/database.yml': databaseYml }),
  ],
  [
    'rails db:drop',
    'production',
    'DATABASE_URL in the environment',
    'orders @ db.acme-prod.com',
    at({ './config/database.yml': databaseYml }, production),
  ],
  [
    'RAILS_ENV=test rails db:drop',
    'unknown',
    'DATABASE_URL in the environment',
    'app @ db.acme.com',
    { env: { DATABASE_URL: 'postgres://x@db.acme.com/app' } },
  ],
  ['rails db:drop', 'unknown', 'nothing says', 'database of rails'],
  ['rake db:drop:production', 'production', 'environment production', 'database of rake'],
  [
    'php artisan migrate:fresh',
    'production',
    'DB_HOST from .env:2',
    'orders @ db.acme-prod.com',
    at({ './.env': 'DB_CONNECTION=mysql\nDB_HOST=db.acme-prod.com\nDB_DATABASE=orders\n' }),
  ],
  [
    'php artisan migrate:fresh',
    'production',
    'APP_ENV from .env:1',
    'orders @ 10.0.0.4',
    at({ './.env': 'APP_ENV=production\nDB_HOST=10.0.0.4\nDB_DATABASE=orders\n' }),
  ],
  [
    'php artisan migrate:fresh --env=testing',
    'production',
    'DB_HOST from .env:1',
    'orders @ db.acme-prod.com',
    at({ './.env': 'DB_HOST=db.acme-prod.com\nDB_DATABASE=orders\n' }),
  ],
  [
    'php artisan migrate:fresh --env=testing',
    'local',
    'DB_HOST from .env.testing:1',
    'orders_test @ 127.0.0.1',
    at({ './.env.testing': 'DB_HOST=127.0.0.1\nDB_DATABASE=orders_test\n', './.env': 'DB_HOST=db.acme-prod.com\n' }),
  ],
  [
    'php artisan migrate:fresh',
    'unknown',
    'DB_HOST from .env:2',
    'orders @ mysql',
    at({ './.env': 'APP_ENV=local\nDB_HOST=mysql\nDB_DATABASE=orders\n' }),
  ],
  ['python manage.py flush --settings acme.settings.production', 'production', '--settings', 'database of python'],
  ['python manage.py flush', 'unknown', 'nothing says', 'database of python'],
  [
    'alembic downgrade base',
    'production',
    'alembic.ini:2',
    'orders @ db.acme-prod.com',
    at({ './alembic.ini': '[alembic]\nsqlalchemy.url = postgresql+psycopg://x:y@db.acme-prod.com/orders\n' }),
  ],
  [
    'flyway -url=jdbc:postgresql://db.acme-prod.com:5432/orders clean',
    'production',
    '-url in the command',
    'orders @ db.acme-prod.com',
  ],
  [
    'flyway clean',
    'production',
    'flyway.conf:1',
    'orders @ db.acme-prod.com',
    at({ './flyway.conf': 'flyway.url=jdbc:mysql://db.acme-prod.com:3306/orders\n' }),
  ],
  [
    'migrate -database postgres://x@localhost:5432/orders?sslmode=disable drop',
    'local',
    '-database',
    'orders @ localhost',
  ],
  ['dbmate drop', 'local', '.env:1', 'orders_dev @ localhost', at({ './.env': url('localhost', 'orders_dev') })],
  [
    'goose postgres "host=x" reset',
    'production',
    'GOOSE_DBSTRING',
    'orders @ db.acme-prod.com',
    { env: { GOOSE_DBSTRING: 'postgres://x@db.acme-prod.com/orders' } },
  ],
  ['mix ecto.drop', 'unknown', 'nothing says', 'database of mix'],
];

const wordpress = "<?php\ndefine( 'DB_NAME', 'shop' );\ndefine( 'DB_HOST', 'db.acme-prod.com' );\n";

const frameworks: readonly Row[] = [
  [
    'sequelize db:drop --env test',
    'local',
    'host from config/config.json:1',
    'orders_test @ 127.0.0.1',
    at({ './config/config.json': '{"test":{"dialect":"mysql","host":"127.0.0.1","database":"orders_test"}}' }),
  ],
  [
    'wp db reset --yes',
    'production',
    'DB_HOST from wp-config.php:3',
    'shop @ db.acme-prod.com',
    at({ './wp-config.php': wordpress }),
  ],
  ['wp @production db reset', 'production', 'environment @production', 'database of wp'],
  ['wp @eu db reset', 'unknown', 'environment @eu', 'database of wp', at({ './wp-config.php': wordpress })],
  [
    'php backend/artisan migrate:fresh',
    'production',
    'DB_HOST from backend/.env:1',
    'default database @ db.acme-prod.com',
    at({ './backend/.env': 'DB_HOST=db.acme-prod.com', './.env': 'DB_HOST=localhost' }),
  ],
  [
    'python -m flask db downgrade',
    'production',
    'SQLALCHEMY_DATABASE_URI from .env:1',
    'orders @ db.acme-prod.com',
    at({ './.env': 'SQLALCHEMY_DATABASE_URI=postgresql://x@db.acme-prod.com/orders' }),
  ],
  ['dbt run --full-refresh --target prod', 'production', '--target', 'database of dbt'],
  ['cqlsh', 'local', 'nothing listens', 'default database @ localhost'],
  [
    'cqlsh',
    'unknown',
    'tunnel: ssh',
    'default database @ localhost',
    { listeners: { 9042: 'ssh -L 9042:c1:9042 bastion' } },
  ],
];

const stores: readonly Row[] = [
  ['redis-cli FLUSHALL', 'local', 'nothing listens', 'db0 @ this machine'],
  [
    'redis-cli FLUSHALL',
    'unknown',
    'tunnel',
    'db0 @ this machine',
    { listeners: { 6379: 'ssh -L 6379:cache:6379 bastion' } },
  ],
  ['redis-cli -h cache.acme-prod.com -n 2 FLUSHDB', 'production', '-h in the command', 'db2 @ cache.acme-prod.com'],
  [
    'redis-cli -u redis://:s3cret@cache.acme-prod.com:6380/3 FLUSHDB',
    'production',
    '-u in the command',
    'db3 @ cache.acme-prod.com',
  ],
  ['redis-cli -u rediss://eu1-x.upstash.io:6379 FLUSHALL', 'unknown', 'upstash.io', 'db0 @ eu1-x.upstash.io'],
  ['redis-cli -u "$REDIS_URL" FLUSHALL', 'unknown', 'not known', 'db0 @ …', { env: 'unknown' }],
  [
    'redis-cli FLUSHALL',
    'local',
    'nothing listens',
    'db0 @ this machine',
    { env: { REDIS_URL: 'redis://cache.acme-prod.com' } },
  ],
  [
    'redis-cli -p 6380 FLUSHALL',
    'local',
    'redis-server listens',
    'db0 @ this machine',
    { listeners: { 6380: 'redis-server' } },
  ],
  ['docker exec cache redis-cli FLUSHALL', 'local', 'container cache', 'db0 @ container cache'],
  [
    'sidekiq',
    'production',
    'REDIS_URL from .env:1',
    'db0 @ cache.acme-prod.com',
    at({ './.env': 'REDIS_URL=redis://cache.acme-prod.com\n' }),
  ],
];

const documents: readonly Row[] = [
  [
    'mongosh mongodb+srv://app:s3cret@acme-prod.x1.mongodb.net/orders',
    'production',
    'acme-prod.x1.mongodb.net',
    'orders @ acme-prod.x1.mongodb.net',
  ],
  [
    'mongosh mongodb://a.acme.com:27017,b.acme.com:27017/orders',
    'unknown',
    'a.acme.com,b.acme.com',
    'orders @ a.acme.com,b.acme.com',
  ],
  ['mongosh mongodb://localhost:27017/orders', 'local', 'nothing listens', 'orders @ localhost'],
  ['mongosh orders', 'local', 'mongod listens', 'orders @ this machine', { listeners: { 27017: 'mongod' } }],
  ['mongosh --host rs0/db1.acme-prod.com:27017 orders', 'production', '--host', 'orders @ db1.acme-prod.com'],
  ['mongosh db.acme-prod.com:27017/orders', 'production', 'the command', 'orders @ db.acme-prod.com'],
  ['mongosh "$MONGODB_URI"', 'unknown', 'not known', 'test @ …', { env: 'unknown' }],
  [
    'mongosh "$MONGODB_URI"',
    'production',
    'acme-prod',
    'orders @ acme-prod.mongodb.net',
    { env: { MONGODB_URI: 'mongodb+srv://acme-prod.mongodb.net/orders' } },
  ],
  ['mongorestore --drop --uri mongodb://stg.acme.com/orders dump', 'staging', '--uri', 'orders @ stg.acme.com'],
  [
    'node seed.js',
    'production',
    'MONGODB_URI from .env:1',
    'orders @ acme-prod.mongodb.net',
    at({ './.env': 'MONGODB_URI=mongodb+srv://acme-prod.mongodb.net/orders' }),
  ],
];

/** A rest parameter, so that a row without a setting is not given a callback instead. */
const check =
  (kind: string) =>
  (...[command, environment, evidence, name, setting]: Row) => {
    const located = locateLast(kind, command, setting);
    expect({ environment: located.environment.name, name: located.target.name }).toEqual({ environment, name });
    expect(evidence.split('|').some((part) => evidenceOf(located).includes(part)) || evidenceOf(located)).toBe(true);
    expect(JSON.stringify([located.target, located.environment])).not.toContain('s3cret');
  };

describe('PostgreSQL', () => {
  test.each([...postgres])('%s is %s (%s)', check('sql.database'));
});
describe('other clients', () => {
  test.each([...others])('%s is %s (%s)', check('sql.database'));
});
describe('tools that read the project', () => {
  test.each([...tools])('%s is %s (%s)', check('sql.database'));
});
describe('frameworks', () => {
  test.each([...frameworks])('%s is %s (%s)', check('sql.database'));
});
describe('Redis', () => {
  test.each([...stores])('%s is %s (%s)', check('redis'));
});
describe('MongoDB', () => {
  test.each([...documents])('%s is %s (%s)', check('mongodb'));
});

const statement =
  (names: readonly string[], object: string): NonNullable<Setting['fact']> =>
  (invocation): Fact => ({
    kind: 'sql',
    invocation,
    dialect: 'postgres',
    op: 'drop',
    object,
    names,
    limited: true,
    cascade: false,
    text: '',
  });

test.each<[string, readonly string[], string, EnvironmentName, string]>([
  [
    'a database that the statement names counts',
    ['orders_prod'],
    'database',
    'production',
    'orders_prod @ this machine',
  ],
  ['a table does not change where it is', ['orders'], 'table', 'local', 'shop @ this machine'],
])('%s', (_, names, object, environment, name) => {
  const located = locateLast('sql.database', 'psql shop', { fact: statement(names, object) });
  expect([located.environment.name, located.target.name]).toEqual([environment, name]);
});

test.each<[string, string, Partial<NonNullable<Setting['policy']>>, EnvironmentName]>([
  [
    'a host pattern',
    'psql -h db.acme.com orders',
    { environments: { production: { hosts: ['db.acme.com'], contexts: [], accounts: [], projects: [], paths: [] } } },
    'production',
  ],
  [
    'a host pattern against the words',
    'psql -h acme-prod-mirror.acme.com orders',
    {
      environments: { staging: { hosts: ['*-mirror.acme.com'], contexts: [], accounts: [], projects: [], paths: [] } },
    },
    'staging',
  ],
  [
    'a local host by name',
    'psql -h orders.test orders',
    { environments: { local: { hosts: ['orders.test'], contexts: [], accounts: [], projects: [], paths: [] } } },
    'local',
  ],
])('policy: %s', (_, command, policy, environment) => {
  expect(locateLast('sql.database', command, { policy }).environment.name).toBe(environment);
});

test('a named host needs no file and no listener', () => {
  const asked: NonNullable<Setting['asked']> = [];
  locateLast('sql.database', 'psql -h db.acme-prod.com -d orders', { asked });
  expect(asked.map(({ kind }) => kind)).toEqual([]);
});
