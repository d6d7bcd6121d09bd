// The rules that are in force, compiled ones of the installation and those of the configured folders, for people and programs.
import type { LoadedConfig } from '../../config/index.ts';
import type { Matcher, Rule } from '../../core/model/rule.ts';
import { matchesPattern } from '../../core/resolve/glob.ts';
import { loadStandards } from '../../standards.ts';
import { UsageError } from '../failure.ts';
import { cell, labelled, type Page } from '../page.ts';

export interface ListedRule extends Rule {
  readonly pack: string;
  /** The reason that the configuration gives for turning it off; null where it is on. */
  readonly off: string | null;
}

/** All rules in the order of their ids. */
export async function listedRules({ policy, ruleFolders }: LoadedConfig): Promise<ListedRule[]> {
  const { ruleSet } = await loadStandards(policy, ruleFolders);
  return ruleSet.rules
    .map((rule) => ({
      ...rule,
      pack: rule.id.slice(0, rule.id.indexOf('/')),
      off: policy.rulesOff.find((off) => matchesPattern(rule.id, off.rule))?.reason ?? null,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Those of one pack. Throws UsageError for a pack that is none. */
export function ofPack(rules: readonly ListedRule[], pack: string | undefined): readonly ListedRule[] {
  if (pack === undefined) return rules;
  const members = rules.filter((rule) => rule.pack === pack);
  if (members.length > 0) return members;
  const packs = [...new Set(rules.map((rule) => rule.pack))];
  throw new UsageError(`there is no pack ${pack}; there are ${packs.join(', ')}`);
}

/** The rule of that id. Throws UsageError, with the ids that are near. */
export function findRule(rules: readonly ListedRule[], id: string): ListedRule {
  const found = rules.find((rule) => rule.id === id);
  if (found !== undefined) return found;
  const words = id.split(/[/-]/);
  const shared = (other: string) => other.split(/[/-]/).filter((word) => words.includes(word)).length;
  const near = rules
    .map((rule) => rule.id)
    .filter((other) => shared(other) > 0)
    .sort((a, b) => shared(b) - shared(a));
  const hint = near.length === 0 ? 'guard rules list shows all' : `near it: ${near.slice(0, 5).join(', ')}`;
  throw new UsageError(`there is no rule ${id}; ${hint}`);
}

/** One line for each rule. */
export function ruleTable(rules: readonly ListedRule[], page: Page): string[] {
  const idWidth = Math.min(Math.max(...rules.map(({ id }) => id.length)), 34);
  const titleWidth = page.width - idWidth - 12;
  return rules.map(({ id, severity, title, off }) => {
    const text = off === null ? title : `off: ${off}`;
    return `${cell(id, idWidth)}  ${cell(severity, 8)}  ${cell(text, titleWidth).trimEnd()}`;
  });
}

/** All that is known of a rule. */
export function rulePage(rule: ListedRule, page: Page): string[] {
  const row = (label: string, text: string | undefined) =>
    text === undefined ? [] : labelled(page, label, text, 0, 12);
  return [
    page.chalk.bold(rule.id),
    ...row('title', rule.title),
    ...row('severity', rule.severity),
    ...row('off', rule.off ?? undefined),
    ...row('why', rule.why),
    ...row('undo', rule.undo),
    ...row('safer', rule.safer),
    ...row('target', rule.target),
    ...rule.matchers.flatMap((matcher, at) => row(at === 0 ? 'matches' : 'or', matcherText(matcher))),
    ...rule.references.flatMap((reference) => row('reference', reference)),
  ];
}

/** `command: name railway, subcommand volume delete`; lists are alternatives. */
function matcherText({ kind, ...conditions }: Matcher): string {
  const parts = Object.entries(conditions).map(([key, value]) => `${key} ${valueText(value)}`);
  return parts.length === 0 ? kind : `${kind}: ${parts.join(', ')}`;
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.join(' or ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, part]) => `${key} ${valueText(part)}`)
    .join(', ');
}
