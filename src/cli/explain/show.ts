// The report of `guard explain` as a page for a person: the stages in order, one block each.
import type { Evidence } from '../../core/model/verdict.ts';
import { environmentPaint, labelled, type Page } from '../page.ts';
import type { ExplainedFinding, ExplainedInvocation, ExplainReport } from './report.ts';

const numberWidth = 5;
const labelWidth = 13;

/** The page as lines, each within the page's width. */
export function showReport(report: ExplainReport, page: Page): string[] {
  return [
    ...labelled(page, 'command', report.command, 0, labelWidth),
    ...labelled(page, 'in', report.cwd ?? 'a folder that is gone', 0, labelWidth),
    ...report.problems.flatMap((problem) => labelled(page, 'not read', problem, 0, labelWidth)),
    ...invocationBlock(report, page),
    ...factBlock(report, page),
    ...ruleBlock(report, page),
    ...report.findings.flatMap((finding) => findingBlock(finding, page)),
    ...verdictBlock(report, page),
  ];
}

const heading = ({ chalk }: Page, text: string): string[] => ['', chalk.bold(text)];

function invocationBlock({ invocations }: ExplainReport, page: Page): string[] {
  const title = invocations.length === 0 ? 'Runs: nothing that is known' : 'Runs';
  return [...heading(page, title), ...invocations.flatMap((invocation, at) => invocationLines(invocation, at, page))];
}

function invocationLines(invocation: ExplainedInvocation, at: number, page: Page): string[] {
  const { origin, user, host, cwd, stdin } = invocation;
  const steps = origin.map(({ label, line }) => (line === null ? label : `${label}:${line}`));
  const as = [
    user === 'self' ? '' : `as ${user}`,
    host === 'local' ? '' : `on ${host}`,
    stdin === 'inherited' || stdin === 'none' ? '' : `stdin ${stdin}`,
  ].filter((text) => text !== '');
  return [
    ...labelled(page, `${at + 1}`, invocation.command, 2, numberWidth),
    ...(steps.length > 1 ? labelled(page, '', `via ${steps.join(' -> ')}`, 2, numberWidth) : []),
    ...(as.length > 0 ? labelled(page, '', `${as.join(', ')}, in ${cwd}`, 2, numberWidth) : []),
  ];
}

function factBlock({ facts }: ExplainReport, page: Page): string[] {
  return [
    ...heading(page, facts.length === 0 ? 'Facts: none' : 'Facts'),
    ...facts.flatMap(({ kind, invocation, summary }) => {
      const number = invocation === null ? '' : `${invocation + 1}`;
      return labelled(page, `${number.padEnd(numberWidth)}${kind}`, summary, 2, numberWidth + 9);
    }),
  ];
}

function ruleBlock({ rules }: ExplainReport, page: Page): string[] {
  const seen = new Map(rules.map((rule) => [rule.id, rule]));
  return [
    ...heading(page, seen.size === 0 ? 'Rules: none matches' : 'Rules that match'),
    ...[...seen.values()].flatMap(({ id, severity, title, off }) => [
      ...labelled(page, severity, off === null ? id : `${id} is off: ${off}`, 2, 10),
      ...labelled(page, '', title, 2, 10),
    ]),
  ];
}

const evidenceText = ({ claim, source }: Evidence): string => (source === '' ? claim : `${claim} (${source})`);

function findingBlock(finding: ExplainedFinding, page: Page): string[] {
  const { rule, target, environment, credential, escalations, severity, table } = finding;
  const row = (label: string, text: string) => labelled(page, label, text, 2, labelWidth);
  const paint = environmentPaint(page, environment.name);
  const [because = 'nothing found says where this goes', ...further] = environment.evidence.map(evidenceText);
  const foreign = credential?.foreign === null || credential === null ? '' : `, ${credential.foreign}`;
  return [
    ...heading(page, `Finding: ${rule}`),
    ...row('target', `${target.kind} ${target.name}`),
    ...target.details.flatMap((detail) => row('', evidenceText(detail))),
    ...row('environment', environment.name).map((line) => paint(line)),
    ...[because, ...further].flatMap((text) => row('', text)),
    ...(credential === null
      ? []
      : row('credential', `${credential.kind} ending ${credential.last4}, ${credential.foundIn}${foreign}`)),
    ...row('undo', finding.undo),
    ...(finding.safer === null ? [] : row('safer', finding.safer)),
    ...row('asks', `${severity} in ${environment.name}: ${words[table]}`),
    ...escalations.flatMap(({ reason }) => row('harder', `${reason}: ${words[finding.challenge]}`)),
  ];
}

/** What a challenge means. */
const words = {
  none: 'runs without a question',
  confirm: 'a human says yes',
  typed: "a human types the target's name",
  'typed+factor': "a human types the target's name and gives a second factor",
  deny: 'never runs',
} as const;

function verdictBlock({ verdict, complete }: ExplainReport, page: Page): string[] {
  const { kind, challenge, severity, environment } = verdict;
  const paint = environment === null ? page.chalk.bold : environmentPaint(page, environment);
  const reason = severity === null || environment === null ? '' : ` (${severity}, ${environment})`;
  const partly = complete ? '' : '; the text could not be read to its end';
  const lines = labelled(page, '', `${kind}: ${words[challenge]}${reason}${partly}`, 2, 0);
  return [...heading(page, 'Verdict'), ...lines.map((line) => paint(line))];
}
