// make: what its goals run, in which order and with which values; what only looks as if it ran.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: make and shell text, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { type Files, inScene, unread, wayTo } from '../packages/scene.ts';
import { behind } from './running.ts';

type Case = readonly [command: string, commands: readonly string[]];

const makefile = (...lines: readonly string[]): Files => ({ Makefile: `${lines.join('\n')}\n` });

/** One rule per line of `text`: everything behind the prefix comes from the case. */
const recipe = (...lines: readonly string[]): string => lines.map((line) => `\t${line}`).join('\n');

const orders: Files = {
  ...makefile(
    'ENV ?= staging',
    'BUILD := build',
    'URL = postgres://$(ENV)/orders',
    'OBJS = $(SRCS:.c=.o)',
    'SRCS = main.c util.c',
    'all: $(BUILD)/app ## builds it all',
    '$(BUILD)/app: $(OBJS) | $(BUILD)',
    '\t$(CC) -o $@ $^',
    '$(BUILD):',
    '\tmkdir -p $@',
    '%.o: %.c',
    '\t@$(CC) -c $< -o $@ # $*',
    '.PHONY: all clean deploy reset',
    'clean:',
    '\t-rm -rf $(BUILD) *.o',
    'reset: export DATABASE_URL = $(URL)',
    'reset: confirm',
    '\tdropdb orders-$(ENV) && \\',
    '\t  createdb orders-$(ENV)',
    'confirm: ; @echo sure',
    'deploy: clean all',
    '\tcd infra/$(ENV); terraform destroy',
  ),
  'main.c': '',
  'util.c': '',
};

describe('goals', () => {
  test.each<Case>([
    ['make', ['cc -c main.c -o main.o', 'cc -c util.c -o util.o', 'mkdir -p build', 'cc -o build/app main.o util.o']],
    ['make clean', ['rm -rf build *.o']],
    ['make reset', ['echo sure', 'dropdb orders-staging', 'createdb orders-staging']],
    ['make reset ENV=prod', ['echo sure', 'dropdb orders-prod', 'createdb orders-prod']],
    ['ENV=prod make reset', ['echo sure', 'dropdb orders-prod', 'createdb orders-prod']],
    ['make -j4 -s clean', ['rm -rf build *.o']],
    ['make -j 4 clean', ['rm -rf build *.o']],
    ['make main.o CC=clang', ['clang -c main.c -o main.o']],
    ['make clean clean', ['rm -rf build *.o']],
    ['gmake -f Makefile clean', ['rm -rf build *.o']],
    ['make orders', []],
    ['make -n deploy', []],
    ['make --dry-run reset', []],
    ['make -q deploy', []],
    ['make -qp deploy', []],
    ['make --version', []],
    ['make -f missing.mk clean', []],
    ['make -C missing clean', []],
  ])('%s', (command, commands) => {
    expect(behind(command, orders)).toEqual(commands);
  });

  test('without a makefile nothing runs', () => {
    expect(behind('make deploy', { 'README.md': '' })).toEqual([]);
  });

  test('-p shows the rules and runs the goals all the same', () => {
    expect(behind('make -p clean', orders)).toEqual(['rm -rf build *.o']);
  });

  test('the folder of a command is that of the makefile', () => {
    const files = { 'infra/Makefile': 'down:\n\tterraform destroy\n' };
    expect(behind('make -C infra down', files)).toEqual(['infra$ terraform destroy']);
    expect(behind('cd infra && make down', files).slice(1)).toEqual(['infra$ terraform destroy']);
  });

  test('the makefile that make would take', () => {
    const files = { GNUmakefile: 'a:\n\techo gnu\n', Makefile: 'a:\n\techo plain\n' };
    expect(behind('make', files)).toEqual(['echo gnu']);
  });

  test('a makefile that the same line writes', () => {
    expect(behind("printf 'wipe:\\n\\tdropdb orders\\n' > Makefile; make wipe", {}).slice(1)).toEqual([
      'dropdb orders',
    ]);
    expect(behind("printf 'wipe:\\n\\tdropdb orders\\n' | make -f - wipe", {}).slice(1)).toEqual(['dropdb orders']);
  });
});

describe('where a command comes from', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['make deploy ENV=prod', 'terraform', ['Makefile "deploy":22']],
    ['make deploy', 'rm', ['Makefile "clean":15']],
    ['make reset', 'createdb', ['Makefile "reset":18']],
    ['make confirm', 'echo', ['Makefile "confirm":20']],
  ])('%s: %s', (command, program, way) => {
    expect(wayTo(program, command, orders)).toEqual(way);
  });

  test('through a make below and its makefile', () => {
    const files = {
      Makefile: 'all:\n\t$(MAKE) -C db wipe\n',
      'db/Makefile': 'include rules.mk\n',
      'db/rules.mk': 'wipe:\n\tdropdb orders\n',
    };
    expect(wayTo('dropdb', 'make', files)).toEqual(['Makefile "all":2', 'db/rules.mk "wipe":2']);
  });

  test('recipes see what the makefile exports', () => {
    const call = inScene('make reset ENV=prod', orders).invocations.find(({ name }) => name === 'dropdb');
    expect(call?.env.get('DATABASE_URL')).toMatchObject({ value: 'postgres://prod/orders' });
    expect(call?.env.get('ENV')).toMatchObject({ value: 'prod' });
    expect(call?.env.get('BUILD')).toBeUndefined();
  });

  test('files that the rules make are told to what deletes them', () => {
    const call = inScene('make clean', orders).invocations.find(({ name }) => name === 'rm');
    expect(call?.rebuilds).toEqual(new Set(['/home/ada/acme/build/app', '/home/ada/acme/build']));
  });
});

describe('variables', () => {
  test.each<readonly [name: string, lines: readonly string[], commands: readonly string[]]>([
    ['= is expanded late', ['A = $(B)', 'B = x', 'a:', recipe('c $(A)')], ['c x']],
    [':= is expanded at once', ['B = y', 'A := $(B)', 'B = x', 'a:', recipe('c $(A)')], ['c y']],
    ['+= to either', ['A = $(B)', 'A += z', 'C := a', 'C += b', 'B = x', 'a:', recipe('c $(A) $(C)')], ['c x z a b']],
    ['?= keeps what is there', ['A = x', 'A ?= y', 'B ?= z', 'a:', recipe('c $(A) $(B)')], ['c x z']],
    ['!= runs its value', ['A != echo x', 'a:', recipe('c $(A)')], ['echo x', 'c x']],
    ['override', ['override A = x', 'a:', recipe('c $(A) ${A} $A')], ['c x x x']],
    ['$$ is the shell’s', ['a:', recipe("c $$HOME '$$x'")], ['c /home/ada $x']],
    ['define holds lines', ['define RUN', '@c1 $(1)', '-c2', 'endef', 'a:', recipe('$(call RUN,x)')], ['c1 x', 'c2']],
    ['nobody set it', ['a:', recipe('c $(NOTHING)x')], ['c x']],
    ['in itself', ['A = $(A) x', 'a:', recipe('c $(A)')], ['c x']],
    ['a name made of others', ['A_dev = x', 'E = dev', 'a:', recipe('c $(A_$(E))')], ['c x']],
    ['of a target', ['b a: A = x', 'a: b', recipe('c1 $(A)'), 'b:', recipe('c2 $(A)')], ['c2 x', 'c1 x']],
    ['handed to prerequisites', ['a: A = x', 'a: b', 'b:', recipe('c2 $(A)')], ['c2 x']],
    ['automatic', ['a: x/b.c d x/b.c', recipe('c $@ $< $^ $+ $(<D) $(<F)')], ['c a x/b.c x/b.c d x/b.c d x/b.c x b.c']],
    ['comments and continued lines', ['A = x \\', '  y # z', 'a:', recipe('c $(A)')], ['c x y']],
    ['#### in text', ['A = a\\#b', 'a:', recipe("c '$(A)'")], ['c a#b']],
  ])('%s', (_name, lines, commands) => {
    expect(behind('make a', makefile(...lines))).toEqual(commands);
  });
});

describe('functions', () => {
  test.each<readonly [expression: string, value: string]>([
    ['$(subst a,o,banana)', 'bonono'],
    ['$(patsubst %.c,build/%.o,x.c y.h)', 'build/x.o y.h'],
    ['$(strip  a   b )', 'a b'],
    ['$(findstring prod,acme-prod)', 'prod'],
    ['$(filter %.c %.h,a.c b.o c.h)', 'a.c c.h'],
    ['$(filter-out b%,a b bc)', 'a'],
    ['$(sort b a b)', 'a b'],
    ['$(word 2,a b c)', 'b'],
    ['$(wordlist 2,3,a b c)', 'b c'],
    ['$(words a b c)', '3'],
    ['$(firstword a b) $(lastword a b)', 'a b'],
    ['$(dir src/a.c) $(notdir src/a.c)', 'src/ a.c'],
    ['$(suffix a.c) $(basename src/a.c)', '.c src/a'],
    ['$(addprefix -l,a b) $(addsuffix .o,a b)', '-la -lb a.o b.o'],
    ['$(join a b,.c .o)', 'a.c b.o'],
    ['$(if ,a,b) $(if x,a,b)', 'b a'],
    ['$(or ,b) $(and a,b)', 'b b'],
    ['$(foreach x,a b,$(x).c)', 'a.c b.c'],
    ['$(call pair,a,b)', 'b-a'],
    ['$(let x y,a b c,$(y) $(x))', 'b c a'],
    ['$(wildcard *.c)', 'a.c b.c'],
    ['$(wildcard nothing/*)x', 'x'],
    ['$(abspath src)', '/home/ada/acme/src'],
    ['$(CURDIR)', '/home/ada/acme'],
    ['$(shell pwd)', '/home/ada/acme'],
    ['$(origin HOME) $(flavor pair)', 'environment recursive'],
    ['$(value pair)', '$2-$1'],
    ['$(error no)x', 'x'],
  ])('%s', (expression, value) => {
    const files = { ...makefile('pair = $(2)-$(1)', 'a:', recipe(`c '${expression}'`)), 'a.c': '', 'b.c': '' };
    const shown = value === '$2-$1' ? '$(2)-$(1)' : value;
    expect(behind('make a', files).at(-1)?.replace(/"/g, '')).toBe(`c ${shown}`);
  });
});

describe('conditionals', () => {
  const files = makefile(
    'ifeq ($(ENV),prod)',
    'DB = acme-prod',
    'else ifneq (,$(filter qa staging,$(ENV)))',
    'DB = acme-staging',
    'else',
    'DB = acme-dev',
    'endif',
    'ifdef FORCE',
    'FLAGS = --force',
    'endif',
    "ifeq '$(OS)' 'Windows_NT'",
    'a: ; del',
    'else',
    'a:',
    '\tdropdb $(FLAGS) $(DB)',
    'ifndef QUIET',
    '\techo done',
    'endif',
    'endif',
  );
  test.each<Case>([
    ['make', ['dropdb acme-dev', 'echo done']],
    ['make ENV=prod', ['dropdb acme-prod', 'echo done']],
    ['make ENV=qa FORCE=1 QUIET=1', ['dropdb --force acme-staging']],
    ['make OS=Windows_NT', ['del']],
  ])('%s', (command, commands) => {
    expect(behind(command, files)).toEqual(commands);
  });

  test('both sides count where nobody knows', () => {
    const lines = [
      'ifeq ($(shell uname),Darwin)',
      'DB = acme-mac',
      'else',
      'DB = acme-linux',
      'endif',
      'a:',
      recipe('dropdb $(DB)'),
    ];
    expect(behind('make', makefile(...lines))).toEqual(['uname', 'dropdb acme-mac', 'dropdb acme-linux']);
  });

  test('rules of both sides count where nobody knows', () => {
    const lines = ['ifeq ($(shell uname),Darwin)', 'a: ; c1', 'else', 'a: ; c2', 'endif'];
    expect(behind('make a', makefile(...lines))).toEqual(['uname', 'c1', 'c2']);
  });
});

describe('rules', () => {
  test.each<readonly [name: string, lines: readonly string[], goal: string, commands: readonly string[]]>([
    ['a pattern for a goal', ['deploy-%:', recipe('kubectl delete ns $*')], 'deploy-qa', ['kubectl delete ns qa']],
    [
      'a pattern over a pattern',
      ['%.o: %.c', recipe('c1 $@'), '%.c: %.y', recipe('c2 $@')],
      'a.o',
      ['c2 a.c', 'c1 a.o'],
    ],
    ['a pattern whose source is not there', ['%.o: %.c', recipe('c1 $@')], 'z.o', []],
    ['static patterns', ['x.o y.o: %.o: %.c', recipe('c $*')], 'y.o', ['c y']],
    ['suffixes', ['.y.o:', recipe('c $*')], 'a.o', ['c a']],
    ['double colons', ['a:: ; c1', 'a:: ; c2'], 'a', ['c1', 'c2']],
    ['the last recipe', ['a: ; c1', 'a: ; c2'], 'a', ['c2']],
    ['prerequisites in several places', ['a: b', 'a: c', 'a: ; c1', 'b: ; c2', 'c: ; c3'], 'a', ['c2', 'c3', 'c1']],
    ['order-only', ['a: | b', recipe('c1 $^ $|'), 'b: ; c2'], 'a', ['c2', 'c1 b']],
    ['a circle', ['a: b', recipe('c1'), 'b: a', recipe('c2')], 'a', ['c2', 'c1']],
    ['.DEFAULT', ['.DEFAULT: ; c $@'], 'wipe', ['c wipe']],
    ['.DEFAULT_GOAL', ['.DEFAULT_GOAL := b', 'a: ; c1', 'b: ; c2'], '', ['c2']],
    ['a file of the name', ['README:', recipe('c1')], 'README', ['c1']],
    [
      'made by eval',
      ['define R', '$(1)-drop: ; dropdb $(1)', 'endef', '$(foreach e,qa prod,$(eval $(call R,$(e))))'],
      'qa-drop',
      ['dropdb qa'],
    ],
    [
      'a name that is only partly known',
      ['N := $(shell uname)', 'a: app-$(N)', 'app-linux: ; c1', 'lib: ; c2'],
      'a',
      ['uname', 'c1'],
    ],
    ['a target that is not known', ['$(shell uname): ; c1'], 'Linux', ['uname', 'c1']],
    ['grouped targets', ['a b &: ; c1 $@'], 'b', ['c1 b']],
    ['inline and below', ['a: ; c1', recipe('c2')], 'a', ['c1', 'c2']],
    ['another prefix', ['.RECIPEPREFIX = >', 'a:', '> c1'], 'a', ['c1']],
    ['CRLF', ['a:\r', '\tc1\r'], 'a', ['c1']],
  ])('%s', (_name, lines, goal, commands) => {
    expect(behind(`make ${goal}`, { ...makefile(...lines), 'a.y': '', README: '' })).toEqual(commands);
  });
});

describe('recipes', () => {
  test.each<readonly [name: string, lines: readonly string[], commands: readonly string[]]>([
    ['each line in a shell of its own', ['cd sub', 'c $$PWD'], ['cd sub', 'c /home/ada/acme']],
    ['one command over lines', ['cd sub && \\', '  c'], ['cd sub', 'sub$ c']],
    ['prefixes', ['@-c1', '-@ c2', '+c3'], ['c1', 'c2', 'c3']],
    ['a comment with a quote', ["# don't", 'c $(shell whoami)'], ['whoami', 'whoami', 'c …']],
    ['what is not known within quotes', ["c '$(shell whoami)/x'"], ['whoami', 'whoami', 'c …/x']],
    ['make below', ['$(MAKE) -C sub wipe X=1'], ['make -C sub wipe X=1', 'sub$ dropdb 1']],
    ['a loop of makes', ['for d in sub; do $(MAKE) -C $$d wipe; done'], ['make -C sub wipe', 'sub$ dropdb']],
  ])('%s', (_name, lines, commands) => {
    const files = { ...makefile('a:', recipe(...lines)), 'sub/Makefile': 'wipe:\n\tdropdb $(X)\n' };
    expect(behind('make a', files)).toEqual(commands);
  });

  test('.ONESHELL: all lines are one script', () => {
    expect(behind('make', makefile('.ONESHELL:', 'a:', recipe('cd sub', '@c')))).toEqual(['cd sub', 'sub$ c']);
  });

  test('another shell', () => {
    const files = makefile('SHELL := /bin/bash', '.SHELLFLAGS = -ec', 'a:', recipe('c1'));
    expect(behind('make', files)).toEqual(['c1']);
    expect(behind('make', makefile('SHELL = perl', '.SHELLFLAGS = -e', 'a:', recipe('unlink 1')))[0]).toBe(
      'perl -e "unlink 1"',
    );
  });

  test('what is told to make is told to the makes below', () => {
    const files = { Makefile: 'a:\n\tcd sub; make\n', 'sub/Makefile': 'X = own\na:\n\tdropdb $(X)\n' };
    expect(behind('make X=prod', files).at(-1)).toBe('sub$ dropdb prod');
  });

  test('lines that run although nothing else does', () => {
    const files = {
      Makefile: 'a:\n\tdropdb orders\n\t+c1\n\t$(MAKE) -C sub\n',
      'sub/Makefile': 'a:\n\tdropdb orders\n',
    };
    expect(behind('make -n', files)).toEqual(['c1', 'make -C sub']);
  });
});

describe('commands that run while the makefile is read', () => {
  test.each<readonly [string, readonly string[]]>([
    ['$(shell dropdb orders)', ['dropdb orders']],
    ['X := $(shell dropdb orders)', ['dropdb orders']],
    ['X != dropdb orders', ['dropdb orders']],
    ['X = $(shell dropdb orders)', []],
    ['$(info $(shell dropdb orders))', ['dropdb orders']],
    ['ifeq ($(shell dropdb orders),)\nendif', ['dropdb orders']],
    ['ifdef NOTHING\nX := $(shell dropdb orders)\nendif', []],
    ['# $(shell dropdb orders)', []],
    ['$(file >list,orders)', ['printf %s orders']],
  ])('%s', (line, commands) => {
    expect(behind('make -n', makefile(line, 'a: ; c1'))).toEqual(commands);
  });
});

describe('includes', () => {
  const files: Files = {
    Makefile: 'include mk/*.mk\n-include nothing.mk\ninclude Makefile\nall: $(STEPS)\n',
    'mk/a.mk': 'STEPS += a\na: ; c1\ninclude mk/b.mk\n',
    'mk/b.mk': 'STEPS += b\nb: ; c2\ninclude mk/a.mk\n',
  };
  test('files that include each other end', () => {
    expect(behind('make all', files)).toEqual(['c1', 'c2']);
  });

  test('a file that is not there is made first', () => {
    const own = makefile('include config.mk', 'a: ; c1', 'config.mk: ; c2');
    expect(behind('make -n', own)).toEqual(['c2']);
  });
});

describe('bad input', () => {
  test('a target that makes itself without end is said so', () => {
    expect(unread('make', makefile('a:', recipe('$(MAKE) a')))).toEqual(['too-deep: Makefile "a" runs itself']);
  });

  test.each<readonly [string, readonly string[]]>([
    ['endif without ifdef', ['endif', 'else', 'a: ; c1']],
    ['a conditional that stays open', ['a: ; c1', 'ifdef X']],
    ['a reference that stays open', ['X = $(shell ', 'a: ; c1', 'b: $(X']],
    ['a define that stays open', ['a: ; c1', 'define X', 'b: ; c2']],
    ['functions without arguments', ['a: ; c1 $(patsubst) $(word) $(call) $(foreach) $(if) $(dir)']],
    ['calls of calls', ['f = $(call f,$(1) x)', 'a: ; c1 $(call f,y)']],
    ['a recipe without a rule', ['\tc9', 'a: ; c1']],
  ])('%s', (_name, lines) => {
    expect(behind('make a', makefile(...lines))[0]).toMatch(/^c1/);
  });

  test('values that double themselves end, and it is said', () => {
    const doubling = Array.from({ length: 40 }, (_unused, at) => `X${at + 1} = $(X${at}) $(X${at})`);
    const files = makefile('X0 = orders', ...doubling, 'a:', recipe('c1 $(X40)'));
    expect(unread('make a', files)).toEqual(['unread-program: make: the makefile does more than is followed']);
  });

  test('more recipes than are followed', () => {
    const many = Array.from({ length: 600 }, (_unused, at) => `t${at}: ; c${at}`);
    const files = makefile(`all: ${many.map((line) => line.split(':')[0]).join(' ')}`, ...many);
    expect(unread('make all', files)).toEqual(['unread-program: make: the makefile does more than is followed']);
  });
});
