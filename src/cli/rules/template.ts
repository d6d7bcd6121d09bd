// A new rule file: valid as it is, with a comment at every key that says what belongs there.
import { targetKinds } from '../../core/environment/locate.ts';

/** `<pack>/<name>` in lower case, as the file's path will be. */
export const isRuleId = (text: string): boolean => /^[a-z0-9-]{1,60}\/[a-z0-9-]{1,60}$/.test(text);

/**
 * The text of a rule file. Its id gives the first guess at what it is about: `acme/volume-delete` matches
 * `acme volume delete`. `schema` is where an editor finds the rule schema.
 */
export function ruleTemplate(id: string, schema: string): string {
  const [pack = '', name = ''] = id.split('/');
  const subcommand = name.split('-').filter((word) => word !== '');
  const neighbour = [...subcommand.slice(0, -1), subcommand.at(-1) === 'list' ? 'show' : 'list'];
  const called = [pack, ...subcommand].join(' ');
  return `# yaml-language-server: $schema=${schema}

# What happens, in one line of at most 80 characters. The human reads it first.
title: Runs ${called}, which deletes something of value

# How bad it is anywhere; where it would happen decides how hard guard asks.
#   low       can be made again, or one command undoes it
#   medium    work is lost, but little, or it can be recovered with effort
#   high      data or shared state is lost
#   critical  cannot be recovered, or takes its backups along
severity: high

# What could bring it back, or that nothing does.
undo: nothing brings it back but a backup

# Why this deserves a question: what is lost.
why: What it deletes is gone for everybody who uses it.

# What to do instead. Leave it out where there is nothing better.
safer: make a backup first and check that it can be restored

# Who says what would be hit and where. One of:
${folded(targetKinds())}
target: machine

# What must be so. guard explain '<command>' shows the facts that guard sees in a command; a rule names one kind of
# fact with conditions on it, or several under anyOf. Prefer the effect (file, sql, git, http, graphql) to the program.
#   command: { name: [railway], subcommand: volume delete, anyFlag: [--yes] }
#   file:    { op: delete, recursive: true, zone: [home, system] }
#   sql:     { op: [drop, truncate] }
#   http:    { method: DELETE, host: api.acme.com, path: /v1/volumes/* }
match:
  command: { name: ${pack}, subcommand: ${subcommand.join(' ')} }

# Commands that must be held, and harmless neighbours that must run. Every condition above must be noticed by one of
# them: guard rules test drops each in turn, and names the one that nothing holds.
examples:
  match:
    - ${called} orders
  skip:
    - ${[pack, ...neighbour].join(' ')} orders
    - echo '${called} orders'

# The vendor's own words, if there are any.
# references: [https://docs.acme.com/reference/volumes]
`;
}

/** A list as comment lines of at most 110 columns. */
function folded(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const line = lines.at(-1);
    if (line === undefined || line.length + name.length > 106) lines.push(`#   ${name}`);
    else lines[lines.length - 1] = `${line}, ${name}`;
  }
  return lines.join('\n');
}
