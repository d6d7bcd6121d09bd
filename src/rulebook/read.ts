// Rule files: YAML on disk to documents that are valid against the schema, with file and line where they are not.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import { LineCounter, parseDocument } from 'yaml';
import type { RuleDocument } from '../core/rules/document.ts';
import { ruleSchema } from '../core/rules/schema.ts';

export interface RuleFile {
  /** `<pack>/<name>`. */
  readonly id: string;
  readonly path: string;
  readonly document: RuleDocument;
}

export interface RuleProblem {
  readonly file: string;
  /** 1-based; 1 where the problem has no place of its own. */
  readonly line: number;
  readonly message: string;
}

const validate = new Ajv({ allErrors: true, strict: false, formats: { uri: true } }).compile(ruleSchema);

/** All rules below a folder, in the order of their ids. */
export function readRules(folder: string): { rules: RuleFile[]; problems: RuleProblem[] } {
  const rules: RuleFile[] = [];
  const problems: RuleProblem[] = [];
  for (const path of rulePaths(folder)) {
    const id = relative(folder, path)
      .split(sep)
      .join('/')
      .replace(/\.yaml$/, '');
    const read = readRule(path, id);
    if ('problems' in read) problems.push(...read.problems);
    else rules.push(read);
  }
  return { rules, problems };
}

const rulePaths = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));

/** One rule file. */
function readRule(path: string, id: string): RuleFile | { problems: RuleProblem[] } {
  const lines = new LineCounter();
  const parsed = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, uniqueKeys: true });
  const problem = (line: number, message: string): RuleProblem => ({ file: path, line, message });
  if (parsed.errors.length > 0) {
    return {
      problems: parsed.errors.map((error) =>
        problem(lines.linePos(error.pos[0]).line, error.message.split('\n')[0] ?? 'not valid YAML'),
      ),
    };
  }
  if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id))
    return { problems: [problem(1, `the path must be <pack>/<name>.yaml in lower case, not ${id}`)] };
  const document: unknown = parsed.toJS({ maxAliasCount: 0 });
  if (validate(document)) return { id, path, document: document as unknown as RuleDocument };
  return {
    problems: (validate.errors ?? []).filter(isTelling).map((error) => {
      const keys = error.instancePath
        .split('/')
        .slice(1)
        .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
      const node = parsed.getIn(keys, true) as { range?: [number, number, number] } | undefined;
      return problem(node?.range ? lines.linePos(node.range[0]).line : 1, messageOf(error));
    }),
  };
}

/** `oneOf` repeats what its alternatives already say. */
const isTelling = (error: ErrorObject, _index: number, all: readonly ErrorObject[]): boolean =>
  error.keyword !== 'oneOf' || all.every((other) => other.keyword === 'oneOf');

function messageOf({ instancePath, message = 'is not valid', params }: ErrorObject): string {
  const detail =
    'allowedValues' in params
      ? ` (${(params.allowedValues as unknown[]).join(', ')})`
      : 'additionalProperty' in params
        ? ` (${params.additionalProperty})`
        : '';
  return `${instancePath === '' ? 'the rule' : instancePath.slice(1).replaceAll('/', '.')} ${message}${detail}`;
}
