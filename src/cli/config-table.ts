// The configuration as a page: key, value, and the file and line that say so.
import type { LoadedConfig } from '../config/index.ts';
import { escapeText, widthOf, wrap } from '../confirm/escape.ts';
import { cell, type Page } from './page.ts';

/** The files that were read, then one entry for each value. */
export function configTable(
  { files, sources }: Pick<LoadedConfig, 'files' | 'sources'>,
  { home, page }: { readonly home: string | undefined; readonly page: Page },
): string[] {
  const short = (path: string) => shorten(path, home);
  const keyWidth = Math.min(Math.max(...sources.map(({ key }) => key.length)), 32);
  const read = files.length === 0 ? ['No file: these are the defaults.'] : files.map((file) => `Read: ${short(file)}`);
  const rows = sources.flatMap(({ key, value, file, line }) => {
    const where = file === undefined ? 'default' : `${short(file)}${line === undefined ? '' : `:${line}`}`;
    return rowOf(cell(key, keyWidth), escapeText(textOf(value)), escapeText(where), page);
  });
  return [...read.map((text) => page.chalk.bold(escapeText(text))), '', ...rows];
}

const valueWidth = 18;

/** Key, value and place in one line where they fit; else the value is folded and the place stands below it. */
function rowOf(key: string, value: string, where: string, { width, chalk }: Page): string[] {
  const padding = ' '.repeat(Math.max(0, valueWidth - widthOf(value)));
  const isShort = widthOf(key) + widthOf(value) + padding.length + widthOf(where) + 4 <= width;
  if (isShort) return [`${key}  ${value}${padding}  ${chalk.dim(where)}`];
  const margin = ' '.repeat(widthOf(key) + 2);
  const [first = '', ...others] = wrap(value, width - margin.length);
  const places = wrap(where, width - margin.length).map((line) => chalk.dim(line));
  return [`${key}  ${first}`, ...[...others, ...places].map((line) => margin + line)];
}

const shorten = (path: string, home: string | undefined): string =>
  home !== undefined && home !== '/' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;

function textOf(value: unknown): string {
  if (value === undefined) return 'not set';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(textOf).join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, part]) => `${key}: ${textOf(part)}`)
      .join(', ');
  }
  return String(value);
}
