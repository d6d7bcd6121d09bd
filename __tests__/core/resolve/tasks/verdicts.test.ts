// Task runners with the shipped rules: ordinary work runs freely, and what destroys is held however it is reached.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: task files, not JavaScript templates
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Standards } from '../../../../src/core/analyze.ts';
import { defaultPolicy } from '../../../../src/core/model/policy.ts';
import { judge } from '../../../../src/judge.ts';
import { memoryObserver } from '../../../../src/observe/index.ts';
import { loadStandards } from '../../../../src/standards.ts';

const files: Readonly<Record<string, string>> = {
  '/home/ada/acme/Makefile': `CC = gcc
OBJS = main.o util.o
VERSION := $(shell git describe --always)
BUILDDIR ?= _build
GO := $(shell which go)
.PHONY: all test clean distclean html install run fmt deploy destroy reset wipe up
all: orders
orders: $(OBJS)
	$(CC) -o $@ $^
%.o: %.c
	$(CC) -c $< -o $@
test: ; pytest -q && go test ./...
clean:
	-rm -f *.o orders $(OBJS) core
	find . -name '*.py[co]' -exec rm -f {} +
distclean: clean
	rm -rf $(BUILDDIR)/* dist *.egg-info .pytest_cache node_modules
html: ; sphinx-build -M html . $(BUILDDIR)
install: orders
	install -m 755 orders $(DESTDIR)/usr/local/bin/orders
run: ; $(GO) run ./cmd/orders --version $(VERSION)
fmt: ; gofmt -w . && ruff format .
deploy:
	kubectl apply -f k8s/
destroy: deploy
	cd infra && terraform destroy -auto-approve
reset:
	@test -n "$(DB)" || exit 1
	dropdb $(DB)
wipe: ; rm -rf $(HOME)/acme-data
up:
	docker compose up -d
	$(MAKE) -C infra plan
`,
  '/home/ada/acme/main.c': '',
  '/home/ada/acme/util.c': '',
  '/home/ada/acme/infra/Makefile': 'plan:\n\tterraform plan\ndown:\n\tterraform destroy\n',
  '/home/ada/acme/docker-compose.yml': `services:
  web:
    command: bash -c "rm -f tmp/pids/server.pid && bundle exec rails s"
    volumes: [".:/app"]
  reset:
    profiles: [tools]
    command: npx prisma migrate reset --force
`,
  '/home/ada/acme/justfile': 'test:\n  cargo test\nclean:\n  rm -rf target\nnuke env:\n  railway volume delete --yes\n',
  '/home/ada/acme/Taskfile.yml': "version: '3'\ntasks:\n  build: go build ./...\n  drop:\n    cmds: [dropdb orders]\n",
  '/home/ada/acme/composer.json': '{"scripts":{"test":"phpunit","fresh":"@php artisan migrate:fresh --force"}}',
  '/home/ada/acme/pyproject.toml':
    '[project.scripts]\nacme = "acme.cli:main"\n[tool.poe.tasks]\ntest = "pytest"\nwipe.shell = "git clean -fdx"\n[tool.pdm.scripts]\nlint = "ruff check ."\nreset = "python manage.py flush --no-input"\n',
  '/home/ada/acme/acme/cli.py': "import shutil\n\ndef main():\n    shutil.rmtree('/home/ada/data')\n",
  '/home/ada/acme/Rakefile': "task :stats do\n  puts 1\nend\ntask :purge do\n  sh 'dropdb orders'\nend\n",
  '/home/ada/acme/.cargo/config.toml': '[alias]\nb = "build --release"\nwipe = "sqlx database drop -y"\n',
  '/home/ada/acme/mise.toml': '[tasks]\nlint = "ruff check ."\ndown = "terraform destroy"\n',
  '/home/ada/acme/Procfile': 'web: bin/rails server\n',
  '/home/ada/acme/tox.ini': '[testenv]\ncommands = pytest {posargs}\n[testenv:drop]\ncommands = dropdb orders\n',
};

let standards: Standards;
beforeAll(async () => {
  standards = await loadStandards({ ...defaultPolicy, lookups: false }, []);
});

const verdictOf = async (command: string): Promise<string> => {
  const request = {
    command,
    shell: 'bash' as const,
    name: undefined,
    positionals: [],
    cwd: '/home/ada/acme',
    env: { HOME: '/home/ada', USER: 'ada', PATH: '/usr/local/bin:/usr/bin:/bin' },
    from: { kind: 'command-line', label: 'command line' } as const,
  };
  return (await judge(request, standards, memoryObserver(files))).verdict.kind;
};

describe('runs freely', () => {
  test.each([
    'make',
    'make -j8 all',
    'make test',
    'make clean',
    'make distclean',
    'make html BUILDDIR=/tmp/docs',
    'make install DESTDIR=/tmp/stage',
    'make run',
    'make fmt',
    'make deploy',
    'make up',
    'make -n destroy',
    'make --dry-run reset DB=orders',
    'make -C infra plan',
    'just test',
    'just clean',
    'just -n nuke prod',
    'task build',
    'task --list',
    'composer test',
    'poe test',
    'pdm run lint',
    'poetry run pytest',
    'uv run pytest -q',
    'rake stats',
    'rake -T',
    'cargo b',
    'cargo test',
    'mise run lint',
    'foreman start',
    'tox -- -k orders',
    'docker compose up -d',
    './gradlew build',
    './mvnw -q verify',
    'gradle -m flywayClean',
  ])('%s', async (command) => {
    expect(await verdictOf(command)).toBe('run');
  });
});

describe('is held', () => {
  test.each([
    'make destroy',
    'make -s deploy destroy 2>&1 | tail -5',
    'make reset DB=orders-prod',
    'DB=orders make reset',
    'make wipe',
    'cd infra && make down',
    'make -C infra down',
    'sudo make destroy',
    'just nuke prod',
    'task drop',
    'composer fresh',
    'poe wipe',
    'pdm run reset',
    'poetry run acme',
    'uv run acme',
    'rake purge',
    'bundle exec rake purge',
    'cargo wipe',
    'mise down',
    'tox -e drop',
    'docker compose run --rm reset',
    'docker compose run --rm web rm -rf /app',
    './gradlew :db:flywayClean',
    './mvnw -pl db compile flyway:clean',
    'mvn liquibase:dropAll',
  ])('%s', async (command) => {
    expect(await verdictOf(command)).not.toBe('run');
  });
});
