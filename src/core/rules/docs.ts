// Pages: what each rule means, for people, made from the rules themselves.
import { conditionsOf, type Example, type RuleDocument } from './document.ts';

export interface DocumentedRule {
  readonly id: string;
  readonly document: RuleDocument;
}

/** One Markdown page per pack and an index, by file name. */
export function rulePages(rules: readonly DocumentedRule[]): Map<string, string> {
  const packs = new Map<string, DocumentedRule[]>();
  for (const rule of rules) {
    const pack = rule.id.slice(0, rule.id.indexOf('/'));
    packs.set(pack, [...(packs.get(pack) ?? []), rule]);
  }
  const pages = new Map([...packs].map(([pack, members]) => [`${pack}.md`, packPage(pack, members)]));
  pages.set('README.md', indexPage(packs));
  return pages;
}

function indexPage(packs: ReadonlyMap<string, readonly DocumentedRule[]>): string {
  const rows = [...packs].map(
    ([pack, rules]) =>
      `| [${pack}](${pack}.md) | ${rules.length} | ${rules.filter(({ document }) => document.severity === 'critical').length} |`,
  );
  const total = [...packs.values()].reduce((sum, rules) => sum + rules.length, 0);
  return `${['# Rules', '', 'Made from `rules/` by the build. Each page shows what a pack asks about, why, and what is safer.', '', `${total} rules in ${packs.size} packs.`, '', '| Pack | Rules | Critical |', '|---|--:|--:|', ...rows].join('\n')}\n`;
}

const packPage = (pack: string, rules: readonly DocumentedRule[]): string =>
  `${[`# ${pack}`, '', 'Made from the rules by the build.', '', ...rules.flatMap(ruleSection)].join('\n').trimEnd()}\n`;

function ruleSection({ id, document }: DocumentedRule): string[] {
  const kinds = [...new Set(conditionsOf(document).map((condition) => Object.keys(condition)[0]))];
  return [
    `## ${id}`,
    '',
    `**${document.title}.** Severity: ${document.severity}. Looks at: ${kinds.join(', ')}. Target: ${document.target}.`,
    '',
    document.why,
    '',
    `- Undo: ${document.undo}`,
    ...(document.safer === undefined ? [] : [`- Safer: ${document.safer}`]),
    ...(document.references ?? []).map((reference) => `- Reference: <${reference}>`),
    '',
    'Asked about:',
    '',
    ...codeBlock(document.examples.match),
    'Runs:',
    '',
    ...codeBlock(document.examples.skip),
  ];
}

const codeBlock = (examples: readonly Example[]): string[] => [
  '```sh',
  ...examples.map((example) => (typeof example === 'string' ? example : example.command).trimEnd()),
  '```',
  '',
];
