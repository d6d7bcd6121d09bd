// Go templates as Taskfiles use them: `{{.NAME}}`, `{{.NAME | default "x"}}`, with conditions read as both of their sides.
import { choiceOf, joinTexts, known, plainText, type Text, unknownText } from '../tasks/text.ts';

/** A variable by its name without the dot; undefined where it is not set. */
export type Lookup = (name: string) => Text | undefined;

/** Fills in a text. What a pipeline of functions would make is known only for the usual ones. */
export function fillTemplate(text: string, lookup: Lookup): Text {
  const pieces: Text[] = [];
  let at = 0;
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', at)) {
    const end = text.indexOf('}}', start);
    if (end < 0) break;
    pieces.push(known(text.slice(at, start)), action(text.slice(start + 2, end), lookup));
    at = end + 2;
  }
  return joinTexts([...pieces, known(text.slice(at))]);
}

const token = /"((?:[^"\\]|\\.)*)"|`([^`]*)`|\|\||[|()]|[^\s|()"`]+/g;

function action(source: string, lookup: Lookup): Text {
  const trimmed = source.replace(/^-\s|\s-$/g, '').trim();
  if (/^(if|else|end|range|with|template|define|block|\/\*)\b|^\/\*/.test(trimmed)) return known(' ');
  if (/^\$\w+\s*:?=/.test(trimmed)) return [];
  const stages = trimmed.split(/\s\|\s|\|/).map((stage) => [...stage.matchAll(token)].map(([whole]) => whole));
  return (
    stages.reduce<Text | undefined>((before, words) => stageOf(words, before, lookup), undefined) ??
    unknownText('template')
  );
}

/** One stage of a pipeline; what came before stands as its last argument. */
function stageOf(words: readonly string[], before: Text | undefined, lookup: Lookup): Text {
  const [first = '', ...rest] = words;
  const args = [...rest.map((word) => operand(word, lookup)), ...(before === undefined ? [] : [before])];
  const isFunction = /^[a-z]\w*$/i.test(first);
  if (!isFunction) return operand(first, lookup) ?? (before === undefined ? known('') : before);
  const [one, two] = args;
  switch (first) {
    case 'default':
      return two === undefined || plainText(two) === ''
        ? (one ?? unknownText('default'))
        : two.some((piece) => typeof piece !== 'string') && one !== undefined
          ? choiceOf([two, one])
          : two;
    case 'coalesce':
      return args.find((arg) => arg !== undefined && plainText(arg) !== '') ?? known('');
    case 'quote':
    case 'shellQuote':
    case 'q':
    case 'trim':
    case 'toString':
      return one ?? unknownText(first);
    case 'OS':
    case 'ARCH':
    case 'exeExt':
      return unknownText(first);
    default:
      return joinTexts([unknownText(first)]);
  }
}

function operand(word: string, lookup: Lookup): Text | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"$|^`([^`]*)`$/.exec(word);
  if (quoted !== null) return known(quoted[1]?.replace(/\\(.)/g, '$1') ?? quoted[2] ?? '');
  if (/^\$?\.[\w.]+$/.test(word)) return lookup(word.replace(/^\$?\./, ''));
  return /^\d+$/.test(word) ? known(word) : unknownText('template');
}
