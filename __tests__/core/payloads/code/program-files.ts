// Programs for tests, kept as text: `#### what it is | arguments` starts each, `##> path` a further file of it, and
// `held` in a comment marks the lines that a person would be asked about.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ProgramFile {
  readonly title: string;
  readonly command: string;
  readonly files: Readonly<Record<string, string>>;
  /** `program.py:4`, for each line that is marked. */
  readonly marked: readonly string[];
}

const folder = '/srv/orders';

/** The programs of `<language>/<name>.txt`. */
export function programsIn(language: 'python' | 'javascript', name: string): readonly ProgramFile[] {
  const content = readFileSync(join(import.meta.dirname, language, `${name}.txt`), 'utf8');
  return content
    .split(/^#### /m)
    .slice(1)
    .map((section) => programOf(section, language));
}

function programOf(section: string, language: 'python' | 'javascript'): ProgramFile {
  const head = section.slice(0, section.indexOf('\n'));
  const [title = '', given = ''] = head.split(' | ');
  const [main = '', ...others] = section.slice(head.length + 1).split(/^##> /m);
  const ending = language === 'python' ? 'py' : endingOf(main);
  const runner = language === 'python' ? 'python3' : ending.startsWith('ts') ? 'npx tsx' : 'node';
  const further = others.map((each) => {
    const at = each.indexOf('\n');
    return [`${folder}/${each.slice(0, at)}`, each.slice(at + 1)] as const;
  });
  const files = Object.fromEntries([[`${folder}/program.${ending}`, main], ...further]);
  return {
    title,
    command: [runner, `program.${ending}`, given].filter((word) => word !== '').join(' '),
    files,
    marked: Object.entries(files).flatMap(([path, content]) => markedIn(path, content)),
  };
}

const endingOf = (main: string): string => {
  if (main.includes('<ul>')) return 'tsx';
  if (/: string|implements|enum /.test(main)) return 'ts';
  return /^(?:import |await )|await import/m.test(main) ? 'mjs' : 'js';
};

const markedIn = (path: string, content: string): readonly string[] =>
  content
    .split('\n')
    .flatMap((line, at) =>
      /(?:#|\/\/) held$/.test(line) ? [`${path.slice(path.lastIndexOf('/') + 1)}:${at + 1}`] : [],
    );
