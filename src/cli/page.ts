// Pages for people on standard output: colours where they are wanted, columns that fit, hostile text escaped.
import { Chalk, type ChalkInstance } from 'chalk';
import { clip, escapeText, widthOf, wrap } from '../confirm/escape.ts';
import type { EnvironmentName } from '../core/model/verdict.ts';
import type { Environ } from '../state/folders.ts';

/** What a page is wide where it goes to a file or a pipe, and the most that anybody reads in one line. */
const plainWidth = 80;
const maxWidth = 120;

export interface Page {
  readonly width: number;
  readonly chalk: ChalkInstance;
}

/** The page that standard output is: coloured only on a terminal, and never with NO_COLOR (https://no-color.org). */
export function pageFor(env: Environ): Page {
  const { isTTY, columns } = process.stdout;
  const color = isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  const width = isTTY === true && columns > 0 ? Math.min(Math.max(columns, 60), maxWidth) : plainWidth;
  return { width, chalk: new Chalk({ level: color ? 1 : 0 }) };
}

/** The colour of an environment, as in the question that a human is asked. */
export function environmentPaint({ chalk }: Page, environment: EnvironmentName): (text: string) => string {
  const paints = {
    production: chalk.red.bold,
    staging: chalk.yellow,
    unknown: chalk.magenta,
    development: chalk.bold,
    local: chalk.bold,
  };
  return paints[environment];
}

/** A text behind a label, folded so that every line stands under the first one. */
export function labelled(page: Page, label: string, text: string, indent: number, labelWidth: number): string[] {
  const margin = ' '.repeat(indent);
  return wrap(escapeText(text), page.width - indent - labelWidth).map((line, index) => {
    const head = (index === 0 ? label : '').padEnd(labelWidth);
    return `${margin}${page.chalk.dim(head)}${line}`.trimEnd();
  });
}

/** A text in a column of so many columns: escaped, cut with a mark where it is longer, padded where it is shorter. */
export function cell(text: string, width: number): string {
  const clipped = clip(escapeText(text), width);
  return clipped + ' '.repeat(Math.max(0, width - widthOf(clipped)));
}

/** `1 rule`, `2 rules`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Writes lines, and says nothing where there are none. */
export function writeLines(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}

/** Writes a value as JSON that a person can read too. */
export const writeJson = (value: unknown): boolean => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
