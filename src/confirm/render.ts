// How a question looks: lines for a terminal of a given size. Every text from outside is escaped here, and nowhere later.
import { Chalk } from 'chalk';
import { type Question, shownTarget } from '../core/decide/question.ts';
import type { Credential, EnvironmentName, Evidence } from '../core/model/verdict.ts';
import { clip, escapeText, foldCommand, wrap } from './escape.ts';

export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly color: boolean;
}

export interface Paint {
  readonly badge: (text: string) => string;
  readonly label: (text: string) => string;
  readonly alarm: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** Whether to use colours on a terminal: not with NO_COLOR (https://no-color.org) and not on a dumb one. */
export const wantsColor = (env: Readonly<Record<string, string | undefined>>): boolean =>
  !env.NO_COLOR && env.TERM !== undefined && env.TERM !== 'dumb';

/** Colours by environment: production on red, staging on yellow, unknown on magenta, the rest plain. */
export function paintFor(environment: EnvironmentName, color: boolean): Paint {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const badges = {
    production: chalk.bgRed.whiteBright.bold,
    staging: chalk.bgYellow.black.bold,
    unknown: chalk.bgMagenta.whiteBright.bold,
    development: chalk.inverse,
    local: chalk.inverse,
  };
  const alarms = {
    production: chalk.red.bold,
    staging: chalk.yellow,
    unknown: chalk.magenta,
    development: chalk.bold,
    local: chalk.bold,
  };
  return { badge: badges[environment], label: chalk.dim, alarm: alarms[environment], strong: chalk.bold };
}

/** A labelled part of the block. `most` and `least` are the lines it may take; paragraphs come in falling order of weight. */
interface Section {
  readonly label: string;
  readonly paragraphs: readonly string[];
  readonly tones?: readonly (keyof Paint)[];
  readonly least: number;
  most: number;
}

const indent = 2;
const labelWidth = 7;

/**
 * The question as lines, each narrower than the screen and together leaving `reserved` rows for what is typed.
 * In 80x24 every question fits; on a smaller screen the parts that matter least shrink first.
 */
export function renderQuestion(question: Question, screen: Screen, reserved: number): string[] {
  const width = Math.max(40, screen.columns) - 1 - indent;
  const paint = paintFor(question.where.environment, screen.color);
  const sections = sectionsOf(question);
  const budget = Math.max(10, screen.rows) - reserved - 1;
  const plan = planCommand(question, sections, width - labelWidth, budget);
  const gap = plan.spaced ? [''] : [];
  const margin = ' '.repeat(indent);
  const lines = [
    bannerOf(question, width, paint),
    ...gap,
    ...sections.flatMap((section) => renderSection(section, width - labelWidth, paint)),
    ...gap,
    ...foldCommand(question.command, width, plan.commandLines),
  ];
  return lines.map((line) => (line === '' ? line : margin + line));
}

const badgeNames: Readonly<Record<EnvironmentName, string>> = {
  production: ' PRODUCTION ',
  staging: ' STAGING ',
  development: ' DEVELOPMENT ',
  local: ' LOCAL ',
  unknown: ' UNKNOWN ',
};

function bannerOf(question: Question, width: number, paint: Paint): string {
  const badge = badgeNames[question.where.environment];
  const claim = 'guard holds this command';
  const cause = clip(`${question.severity}, ${question.rule}`, width - badge.length - claim.length - 4);
  return `${paint.badge(badge)}  ${paint.strong(claim)}  ${paint.label(cause)}`;
}

function sectionsOf(question: Question): Section[] {
  const { what, where } = question;
  const sections: Section[] = [
    {
      label: 'what',
      paragraphs: [what.title, shownTarget(what.target), ...what.details.map(evidenceText)],
      tones: ['strong'],
      least: 2,
      most: 5,
    },
    {
      label: 'where',
      paragraphs: whereOf(question),
      tones: where.scope === undefined ? ['alarm'] : ['alarm', 'alarm'],
      least: where.scope === undefined ? 1 : 2,
      most: 5,
    },
    { label: 'with', paragraphs: question.with === undefined ? [] : credentialText(question.with), least: 1, most: 3 },
    { label: 'undo', paragraphs: [question.undo], least: 1, most: 3 },
    { label: 'safer', paragraphs: question.safer === undefined ? [] : [question.safer], least: 1, most: 3 },
    { label: 'also', paragraphs: question.further, least: 1, most: 3 },
    { label: 'agent', paragraphs: question.agent === undefined ? [] : [question.agent], least: 1, most: 1 },
    { label: 'in', paragraphs: question.cwd === undefined ? [] : [question.cwd], least: 1, most: 2 },
    { label: 'via', paragraphs: question.origin.length === 0 ? [] : [question.origin.join(' -> ')], least: 1, most: 2 },
    { label: 'runs', paragraphs: question.inner === undefined ? [] : [question.inner], least: 1, most: 3 },
  ];
  return sections.filter(({ paragraphs }) => paragraphs.length > 0);
}

/** A claim with its evidence beside it. */
export const evidenceText = ({ claim, source }: Evidence): string => (source === '' ? claim : `${claim} (${source})`);

function whereOf({ where }: Question): string[] {
  const [first, ...others] = where.evidence.map(evidenceText);
  const because =
    first ?? (where.environment === 'unknown' ? 'nothing found says where this goes' : 'no evidence was recorded');
  const scope = where.scope === undefined ? [] : [where.scope];
  return [`${where.environment}: ${because}`, ...scope, ...others];
}

/** Kind, last characters and place of a credential; in a second text, that it is not part of the task. */
export function credentialText({ kind, last4, foundIn, foreign }: Credential): string[] {
  const first = `${kind} \u2026${last4}, ${foundIn}`;
  return foreign === undefined ? [first] : [first, `not part of this task: ${foreign}`];
}

/** What gives way first when there are too few rows: label and the number of lines it is cut to. */
const concessions: readonly (readonly [string, number])[] = [
  ['command', 8],
  ['also', 2],
  ['safer', 2],
  ['what', 4],
  ['undo', 2],
  ['where', 4],
  ['command', 6],
  ['also', 1],
  ['safer', 1],
  ['runs', 2],
  ['via', 1],
  ['in', 1],
  ['with', 2],
  ['what', 3],
  ['command', 4],
  ['where', 3],
  ['undo', 1],
  ['gaps', 0],
  ['runs', 1],
  ['with', 1],
  ['what', 2],
  ['where', 2],
  ['command', 3],
  ['where', 1],
  ['command', 2],
];

/** Takes lines away from sections until all fits; returns what is left for the command and the blank lines. */
function planCommand(question: Question, sections: readonly Section[], width: number, budget: number) {
  const wanted = new Map(sections.map((section) => [section.label, linesOf(section, width, section.most).length]));
  wanted.set('command', foldCommand(question.command, width + labelWidth, 12).length);
  wanted.set('gaps', 2);
  const total = () => [...wanted.values()].reduce((sum, lines) => sum + lines, 1);
  for (const [label, to] of concessions) {
    const least = sections.find((section) => section.label === label)?.least ?? 0;
    const lines = wanted.get(label);
    const excess = total() - budget;
    if (excess <= 0) break;
    if (lines !== undefined)
      wanted.set(label, label === 'gaps' ? 0 : Math.min(lines, Math.max(to, least, lines - excess)));
  }
  for (const section of sections) section.most = wanted.get(section.label) ?? section.most;
  return { commandLines: wanted.get('command') ?? 2, spaced: wanted.get('gaps') !== 0 };
}

interface Line {
  readonly text: string;
  readonly tone: keyof Paint | undefined;
}

/** The paragraphs in at most `limit` lines: long ones are shortened first, then the last ones fall away, with a count. */
function linesOf(section: Section, width: number, limit: number): Line[] {
  const kept = section.paragraphs.slice(0, limit);
  const dropped = section.paragraphs.length - kept.length;
  const wrapped = kept.map((paragraph) => wrap(escapeText(paragraph), width));
  const shares = wrapped.map(({ length }) => length);
  for (let excess = sum(shares) - limit; excess > 0; excess--) {
    const longest = shares.lastIndexOf(Math.max(...shares));
    shares[longest] = (shares[longest] ?? 1) - 1;
  }
  return wrapped.flatMap((lines, index) => {
    const note = dropped > 0 && index === wrapped.length - 1 ? ` (and ${dropped} more)` : '';
    return shorten(lines, shares[index] ?? 1, width, note).map((text) => ({ text, tone: section.tones?.[index] }));
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The first `count` of wrapped lines; the last of them says that something was left out. */
function shorten(lines: readonly string[], count: number, width: number, note: string): string[] {
  const last = lines.slice(count - 1).join(' ');
  return [...lines.slice(0, count - 1), clip(last, width - note.length) + note];
}

function renderSection(section: Section, width: number, paint: Paint): string[] {
  return linesOf(section, width, section.most).map(({ text, tone }, index) => {
    const label = paint.label((index === 0 ? section.label : '').padEnd(labelWidth));
    return label + (tone === undefined ? text : paint[tone](text));
  });
}
