// Public incidents, retold: each is held, for the right reason and with the way to it; the ordinary work beside it runs.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Standards } from '../../src/core/analyze.ts';
import { type Question, questionOf, shownTarget } from '../../src/core/decide/question.ts';
import { defaultPolicy } from '../../src/core/model/policy.ts';
import type { Request } from '../../src/core/model/request.ts';
import type { Verdict } from '../../src/core/model/verdict.ts';
import { judge, type Observe } from '../../src/judge.ts';
import { memoryObserver } from '../../src/observe/index.ts';
import { loadStandards } from '../../src/standards.ts';
import { databaseIncidents } from './incidents/databases.ts';
import { fileIncidents } from './incidents/files.ts';
import { gitIncidents } from './incidents/git.ts';
import type { Incident, Setting } from './incidents/incident.ts';
import { serviceIncidents } from './incidents/services.ts';
import { unseenIncidents } from './incidents/unseen.ts';
import { windowsIncidents } from './incidents/windows.ts';

const incidents = [...gitIncidents, ...fileIncidents, ...windowsIncidents, ...databaseIncidents, ...serviceIncidents];

let standards: Standards;
beforeAll(async () => {
  standards = await loadStandards({ ...defaultPolicy, lookups: false }, []);
});

const requestOf = ({ command, cwd = '/home/ada/shop', env }: Setting): Request => ({
  command,
  shell: 'bash',
  name: undefined,
  positionals: [],
  cwd,
  env: { HOME: '/home/ada', USER: 'ada', PATH: '/usr/local/bin:/usr/bin:/bin', ...env },
  from: { kind: 'command-line', label: 'command line' },
});

/** The disk of a setting holds its files as well, where one is given. */
async function verdictOf(setting: Setting): Promise<Verdict> {
  const { cwd = '/home/ada/shop', disk } = setting;
  const absolute = (texts: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries(texts).map(([path, text]) => [path.startsWith('/') ? path : `${cwd}/${path}`, text]),
    );
  const files = absolute(setting.files);
  const plans = absolute(setting.plans);
  const scene = disk && { ...Object.fromEntries(Object.keys(files).map((path) => [path, {}])), ...disk };
  const memory = memoryObserver(files, scene);
  const observe: Observe = async (query) =>
    query.kind === 'zip-entry' ? { kind: 'text', text: plans[query.path] ?? '' } : memory(query);
  return (await judge(requestOf(setting), standards, observe)).verdict;
}

async function questionAbout(setting: Setting): Promise<Question | undefined> {
  const verdict = await verdictOf(setting);
  return verdict.kind === 'run'
    ? undefined
    : questionOf(verdict, requestOf(setting), { agent: undefined, secrets: [] });
}

const shown = (question: Question | undefined) =>
  question && {
    rule: question.rule,
    origin: question.origin.join(' -> '),
    target: shownTarget(question.what.target),
    environment: question.where.environment,
  };

describe('is held, and the way to it is shown', () => {
  test.each(incidents)('$id', async (incident: Incident) => {
    const { rule, origin, target, environment } = incident;
    const seen = shown(await questionAbout(incident));
    expect(seen).toMatchObject({ rule, origin, target, ...(environment === undefined ? {} : { environment }) });
  });
});

describe('the ordinary work beside it runs', () => {
  test.each(incidents.filter(({ harmless }) => harmless !== undefined))('$id', async ({ harmless, ...incident }) => {
    expect(shown(await questionAbout({ ...incident, ...harmless }))).toBeUndefined();
  });
});

test('the incidents are known once each, and most of them are seen', () => {
  const ids = [...incidents, ...unseenIncidents].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(incidents.length).toBeGreaterThanOrEqual(55);
  expect(incidents.filter(({ harmless }) => harmless !== undefined).length).toBeGreaterThanOrEqual(
    incidents.length / 2,
  );
});
