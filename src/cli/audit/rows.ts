// The audit log for a person: one entry for each command, with what came of it and what it would have hit.
import type { AuditAnswer, AuditRecord } from '../../audit/index.ts';
import { escapeText } from '../../confirm/escape.ts';
import { cell, environmentPaint, type Page } from '../page.ts';

/** A decision with its result, or a note. */
export interface AuditRow {
  readonly record: Exclude<AuditRecord, { type: 'result' }>;
  /** Of the command that the decision let run; undefined while it runs, or where nobody could see its end. */
  exitCode: number | undefined;
}

/** The last `limit` rows of a log, with the number of those before them. */
export async function lastRows(
  records: AsyncIterable<AuditRecord>,
  limit: number,
): Promise<{ readonly rows: readonly AuditRow[]; readonly earlier: number }> {
  const rows: AuditRow[] = [];
  let earlier = 0;
  for await (const record of records) {
    if (record.type === 'result') {
      const row = rows.findLast((each) => each.record.type === 'decision' && each.record.request === record.request);
      if (row !== undefined) row.exitCode = record.exitCode;
      continue;
    }
    rows.push({ record, exitCode: undefined });
    if (rows.length > limit) {
      rows.shift();
      earlier += 1;
    }
  }
  return { rows, earlier };
}

const whenWidth = 14;
const verdictWidth = 4;
const outcomeWidth = 11;

/** The rows as lines, oldest first; below a held command stands what it would have hit. */
export function auditTable(rows: readonly AuditRow[], page: Page): string[] {
  const heading = [cell('when', whenWidth), cell('', verdictWidth), cell('outcome', outcomeWidth), 'command'].join(
    '  ',
  );
  return rows.length === 0 ? [] : [page.chalk.dim(heading), ...rows.flatMap((row) => rowLines(row, page))];
}

function rowLines({ record, exitCode }: AuditRow, page: Page): string[] {
  const when = whenOf(record.at);
  const rest = page.width - whenWidth - verdictWidth - outcomeWidth - 6;
  if (record.type === 'note') return [`${when}  ${cell(record.text, page.width - whenWidth - 2).trimEnd()}`];
  const { verdict, answer, command, findings } = record;
  const head = [when, cell(verdict, verdictWidth), cell(outcomeOf(answer, exitCode, verdict), outcomeWidth)].join('  ');
  const margin = ' '.repeat(page.width - rest);
  return [
    `${head}  ${cell(command, rest).trimEnd()}`,
    ...findings.flatMap(({ rule, target, environment }) => {
      const paint = environmentPaint(page, environment);
      const room = rest - environment.length - 2;
      return [`${margin}${paint(environment)}  ${cell(`${rule}: ${target.name}`, room).trimEnd()}`];
    }),
  ];
}

/** `04-24 09:12:33`, in local time. */
function whenOf(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return cell(escapeText(at), whenWidth);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

const answers: Readonly<Record<AuditAnswer, string>> = {
  approved: 'approved',
  refused: 'refused',
  timeout: 'no answer',
  interrupted: 'interrupted',
  'no-human': 'no human',
};

function outcomeOf(answer: AuditAnswer | undefined, exitCode: number | undefined, verdict: string): string {
  if (exitCode !== undefined) return answer === 'approved' ? `approved, ${exitCode}` : `exit ${exitCode}`;
  if (answer !== undefined) return answers[answer];
  return verdict === 'run' ? 'ran' : 'refused';
}
