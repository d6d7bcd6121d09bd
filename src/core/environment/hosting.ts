// Hosting platforms: the project that a call is for, by flag, variable, what the line switched to, and the folder's link file.
import { own } from '../model/table.ts';
import { textOf } from '../model/word.ts';
import { type Clue, cluesOf } from './clue.ts';
import { lineOf, parseJson, textAt } from './data.ts';
import { projectOf } from './database/supabase.ts';
import { namedBy } from './named.ts';
import {
  type Find,
  fileAbove,
  fileAt,
  type Picked,
  pick,
  placeIn,
  type Signal,
  type Sources,
  signal,
  switched,
  type TextFile,
  variable,
} from './sources.ts';

export interface Link {
  readonly project: Picked;
  readonly clues: readonly Clue[];
}

const nothing: Picked = { signal: undefined, doubts: [] };

/** One platform each. What a platform does not know is left to the flags that all tools share. */
const platforms: Readonly<Record<string, (sources: Sources) => Link>> = {
  vercel,
  now: vercel,
  vc: vercel,
  netlify: (sources) =>
    ofProject(
      pick(
        () => namedBy(sources, '--site', '-s'),
        variable(sources, 'NETLIFY_SITE_ID'),
        () => fromJson(sources, '.netlify/state.json', 'siteId'),
      ),
    ),
  fly,
  flyctl: fly,
  heroku,
  supabase: (sources) => ofProject(projectOf(sources)),
  firebase,
  wrangler,
  neonctl: neon,
  neon,
  convex: (sources) =>
    ofProject(
      pick(variable(sources, 'CONVEX_DEPLOYMENT'), () =>
        fromLine(sources, '.env.local', /^CONVEX_DEPLOYMENT=["']?([\w:.-]{1,100})/m),
      ),
    ),
};

/** The project of a call; nothing where the tool is not known. */
export const linkOf = (sources: Sources): Link =>
  own(platforms, sources.call.name)?.(sources) ?? { project: nothing, clues: [] };

const ofProject = (project: Picked): Link => ({ project, clues: cluesOf([project.signal, 'projects', 'project']) });

function fromJson(sources: Sources, path: string, ...keys: readonly string[]): Signal | undefined {
  const file = fileAbove(sources, path);
  const text = file && textAt(parseJson(file.text), ...keys);
  return file && text ? signal(text, `${keys.at(-1)} from ${placeIn(file, lineOf(file.text, text))}`) : undefined;
}

/** One line of a file that guard has no reader for. */
function fromLine(sources: Sources, path: string, pattern: RegExp): Signal | undefined {
  const file = path.startsWith('/') ? fileAt(sources, path) : fileAbove(sources, path);
  return file && lineIn(file, pattern);
}

function lineIn(file: TextFile, pattern: RegExp): Signal | undefined {
  const match = pattern.exec(file.text);
  return match?.[1] === undefined
    ? undefined
    : signal(match[1], placeIn(file, file.text.slice(0, match.index).split('\n').length));
}

/** Source: Vercel docs, "Linking projects"; newer versions write the project's name next to its id. */
function vercel(sources: Sources): Link {
  const given = pick(
    () => namedBy(sources, '--project'),
    variable(sources, 'VERCEL_PROJECT_ID'),
    () => fromJson(sources, '.vercel/project.json', 'projectName'),
    () => fromJson(sources, '.vercel/project.json', 'projectId'),
  );
  return ofProject(given);
}

/** Source: Fly docs, "App configuration": -a, FLY_APP, then `app` in fly.toml or the file that -c names. */
function fly(sources: Sources): Link {
  const config = namedBy(sources, '-c', '--config');
  const path = textOf(config?.word) ?? 'fly.toml';
  const project = pick(
    () => namedBy(sources, '-a', '--app'),
    variable(sources, 'FLY_APP'),
    () => fromLine(sources, path, /^app\s{0,8}=\s{0,8}["']([\w.-]{1,100})["']/m),
  );
  return { project, clues: cluesOf([project.signal, 'projects', 'app'], [config, 'paths', 'configuration']) };
}

/** Source: Heroku CLI: -a, HEROKU_APP, -r with the remote's app, or the only heroku remote. */
function heroku(sources: Sources): Link {
  const remote = namedBy(sources, '-r', '--remote');
  const named = textOf(remote?.word) ?? 'heroku';
  const pattern = new RegExp(
    `\\[remote "${named.replace(/[^\w-]/g, '.')}"\\][^\\[]{0,400}?url\\s{0,4}=\\s{0,4}(?:https://git\\.heroku\\.com/|git@heroku\\.com:)([\\w-]{1,60})\\.git`,
  );
  const project = pick(
    () => namedBy(sources, '-a', '--app'),
    variable(sources, 'HEROKU_APP'),
    () => fromLine(sources, '.git/config', pattern),
  );
  return { project, clues: cluesOf([project.signal, 'projects', 'app'], [remote, 'contexts', 'remote']) };
}

/** Source: Firebase CLI reference, "Use project aliases": --project, `firebase use`, then `default` in .firebaserc. */
function firebase(sources: Sources): Link {
  const alias = pick(
    () => namedBy(sources, '--project', '-P'),
    switched(sources, ['firebase'], 'use'),
    () => activeFirebase(sources),
    () => fromJson(sources, '.firebaserc', 'projects', 'default'),
  );
  const name = textOf(alias.signal?.word);
  const real = name === undefined ? undefined : fromJson(sources, '.firebaserc', 'projects', name);
  return {
    project: real === undefined ? alias : { ...alias, signal: real },
    clues: cluesOf([alias.signal, 'projects', 'project'], [real, 'projects', 'project']),
  };
}

/** `firebase use` is remembered for each folder. */
function activeFirebase(sources: Sources): Signal | undefined {
  const file = fileAt(sources, '~/.config/configstore/firebase-tools.json');
  const folder = textOf(sources.call.cwd);
  const text = file && folder ? textAt(parseJson(file.text), 'activeProjects', folder) : undefined;
  return file && text ? signal(text, `activeProjects from ${file.shown}`) : undefined;
}

/** Source: Cloudflare docs, "Wrangler environments": the file's own name is what runs without --env. */
function wrangler(sources: Sources): Link {
  const environment = pick(() => namedBy(sources, '--env', '-e'), variable(sources, 'CLOUDFLARE_ENV'));
  const worker = pick(
    () => namedBy(sources, '--name'),
    () => fromLine(sources, 'wrangler.toml', /^name\s{0,8}=\s{0,8}["']([\w.-]{1,100})["']/m),
    () => fromLine(sources, 'wrangler.jsonc', /"name"\s{0,8}:\s{0,8}"([\w.-]{1,100})"/),
    () => fromLine(sources, 'wrangler.json', /"name"\s{0,8}:\s{0,8}"([\w.-]{1,100})"/),
  );
  return {
    project: { signal: worker.signal, doubts: environment.doubts },
    clues: cluesOf([environment.signal, 'contexts', 'environment'], [worker.signal, 'projects', 'worker']),
  };
}

/** Source: Neon CLI, "set-context": the folder's `.neon` file. */
function neon(sources: Sources): Link {
  const project = pick(
    () => namedBy(sources, '--project-id'),
    () => fromJson(sources, '.neon', 'projectId'),
  );
  const branch: Find = () => namedBy(sources, '--branch') ?? fromJson(sources, '.neon', 'branchId');
  return { project, clues: cluesOf([project.signal, 'projects', 'project'], [branch(), 'contexts', 'branch']) };
}
