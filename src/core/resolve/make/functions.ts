// Functions of make: text, file names, conditions, loops, and `$(shell)`. Source: GNU make manual, Functions.

import { normalizePath, pathFrom } from '../paths.ts';
import {
  choiceOf,
  emptyText,
  joinTexts,
  known,
  mapKnown,
  plainText,
  type Text,
  unknownText,
  wordsOfText,
} from '../tasks/text.ts';
import { type Context, replacePattern, stemOf } from './expand.ts';

type Expand = (source: string, context: Context) => Text;

interface MakeFunction {
  /** Arguments; the last one takes all further commas. */
  readonly most: number;
  call(args: readonly string[], context: Context, expand: Expand): Text;
}

/** Words of one list that a loop goes through. */
const maxRounds = 200;

/** A function of texts that are expanded before it is called. */
const plain = (most: number, apply: (args: readonly Text[], context: Context) => Text): MakeFunction => ({
  most,
  call: (args, context, expand) =>
    apply(
      args.map((arg) => expand(arg, context)),
      context,
    ),
});

/** A function that changes each word by itself; what is not known stays as it is. */
const perWord = (change: (word: string, context: Context) => string | undefined): MakeFunction =>
  plain(1, ([list = emptyText], context) => {
    const words = wordsOfText(list).map((word): Text => {
      const text = plainText(word);
      return text === undefined ? word : known(change(text, context) ?? '');
    });
    return joinTexts(
      words.filter((word) => word.length > 0),
      ' ',
    );
  });

const isTrue = (text: Text): boolean | undefined => {
  const value = plainText(text);
  if (value !== undefined) return value.trim() !== '';
  return text.some((piece) => typeof piece === 'string' && piece.trim() !== '') ? true : undefined;
};

const numberOf = (text: Text | undefined): number => Number(plainText(text ?? emptyText)?.trim() ?? Number.NaN);

function filter(args: readonly Text[], keeps: boolean): Text {
  const patterns = wordsOfText(args[0] ?? emptyText).map(plainText);
  const words = wordsOfText(args[1] ?? emptyText).filter((word) => {
    const text = plainText(word);
    if (text === undefined || patterns.includes(undefined)) return true;
    return patterns.some((pattern) => stemOf(text, pattern ?? '') !== undefined) === keeps;
  });
  return joinTexts(words, ' ');
}

/** The first argument is the condition, expanded before the rest is looked at. */
const conditional: MakeFunction = {
  most: 3,
  call([condition = '', then = '', otherwise = ''], context, expand) {
    const verdict = isTrue(expand(condition.trim(), context));
    if (verdict === undefined) return choiceOf([expand(then, context), expand(otherwise, context)]);
    return expand(verdict ? then : otherwise, context);
  },
};

const either: MakeFunction = {
  most: Number.POSITIVE_INFINITY,
  call(args, context, expand) {
    const open: Text[] = [];
    for (const arg of args) {
      const text = expand(arg.trim(), context);
      const verdict = isTrue(text);
      if (verdict === true) return choiceOf([...open, text]);
      if (verdict === undefined) open.push(text);
    }
    return open.length === 0 ? emptyText : choiceOf(open);
  },
};

const both: MakeFunction = {
  most: Number.POSITIVE_INFINITY,
  call(args, context, expand) {
    let last = emptyText;
    let isCertain = true;
    for (const arg of args) {
      last = expand(arg.trim(), context);
      const verdict = isTrue(last);
      if (verdict === false) return emptyText;
      isCertain &&= verdict === true;
    }
    return isCertain ? last : choiceOf([last, emptyText]);
  },
};

const foreach: MakeFunction = {
  most: 3,
  call([variable = '', list = '', body = ''], context, expand) {
    const name = plainText(expand(variable, context))?.trim() ?? '';
    const words = wordsOfText(expand(list, context)).slice(0, maxRounds);
    const rounds = words.map((word) =>
      expand(body, { ...context, locals: new Map([...context.locals, [name, word]]) }),
    );
    return joinTexts(rounds, ' ');
  },
};

const call: MakeFunction = {
  most: Number.POSITIVE_INFINITY,
  call([variable = '', ...args], context, expand) {
    const name = plainText(expand(variable, context))?.trim();
    if (name === undefined) return unknownText('call');
    const values = args.map((arg): Text => expand(arg, context));
    const found = functions.get(name);
    if (found !== undefined)
      return found.call(
        values.map((value) => plainText(value) ?? context.services.keep(value)),
        context,
        expand,
      );
    const locals = new Map(context.locals);
    for (const old of context.locals.keys()) if (/^\d+$/.test(old)) locals.set(old, emptyText);
    locals.set('0', known(name));
    values.forEach((value, index) => {
      locals.set(String(index + 1), value);
    });
    const inner = { ...context, locals };
    const bodies = context.variables.get(name)?.values ?? [];
    return bodies.length === 0
      ? emptyText
      : choiceOf(bodies.map((value) => (value.flavor === 'simple' ? value.text : expand(value.raw, inner))));
  },
};

const evaluated: MakeFunction = {
  most: 1,
  call([source = ''], context, expand) {
    const text = expand(source, context);
    context.services.evaluate(plainText(text) ?? textWithKept(text, context));
    return emptyText;
  },
};

/** Makefile text cannot hold what is not known, but it can refer to it. */
export const textWithKept = (text: Text, { services }: Pick<Context, 'services'>): string =>
  text.map((piece) => (typeof piece === 'string' ? piece : services.keep([piece]))).join('');

const shell: MakeFunction = plain(1, ([code = emptyText], { services }) => services.shell(code));

/** `$(file >path,text)` writes while the makefile is read. */
const file: MakeFunction = plain(2, ([place = emptyText, text], { services }) => {
  const target = plainText(place)?.trim() ?? '';
  const mode = /^>>?/.exec(target)?.[0];
  if (mode === undefined) return unknownText('file');
  services.shell(
    joinTexts([
      known("printf '%s' '"),
      mapKnown(text ?? emptyText, escapeQuotes),
      known(`' ${mode} ${target.slice(mode.length).trim()}`),
    ]),
  );
  return emptyText;
});

const escapeQuotes = (text: string): string => text.replaceAll("'", "'\\''");

/** `a` of `%.c`; a word of more than one name at a time. */
const wildcard: MakeFunction = plain(1, ([patterns = emptyText], { services }) => {
  const found = wordsOfText(patterns).map((pattern): Text => {
    const text = plainText(pattern);
    const files = text === undefined ? undefined : services.files(text);
    return files === undefined ? unknownText('wildcard') : known(files.join(' '));
  });
  return joinTexts(
    found.filter((text) => text.length > 0),
    ' ',
  );
});

const baseOf = (word: string): string => word.replace(/\.[^./]*$/, '');
const suffixOf = (word: string): string | undefined => /\.[^./]*$/.exec(word)?.[0];

export const functions: ReadonlyMap<string, MakeFunction> = new Map<string, MakeFunction>(
  Object.entries({
    subst: plain(3, ([from = emptyText, to = emptyText, text = emptyText]) => {
      const [search, replacement] = [plainText(from), plainText(to)];
      if (search === undefined || search === '') return text;
      if (replacement === undefined) return unknownText('subst');
      return mapKnown(text, (piece) => piece.replaceAll(search, () => replacement));
    }),
    patsubst: plain(3, ([from = emptyText, to = emptyText, list = emptyText]) => {
      const [pattern, replacement] = [plainText(from)?.trim(), plainText(to)?.trim()];
      if (pattern === undefined) return list;
      const words = wordsOfText(list).map((word): Text => {
        const text = plainText(word);
        if (text === undefined) return word;
        if (replacement !== undefined) return known(replacePattern(text, pattern, replacement));
        return stemOf(text, pattern) === undefined ? word : to;
      });
      return joinTexts(words, ' ');
    }),
    strip: plain(1, ([text = emptyText]) => joinTexts(wordsOfText(text), ' ')),
    findstring: plain(2, ([find = emptyText, text = emptyText]) => {
      const [wanted, within] = [plainText(find), plainText(text)];
      if (wanted === undefined || within === undefined) return unknownText('findstring');
      return within.includes(wanted) ? known(wanted) : emptyText;
    }),
    filter: plain(2, (args) => filter(args, true)),
    'filter-out': plain(2, (args) => filter(args, false)),
    sort: plain(1, ([list = emptyText]) => {
      const words = wordsOfText(list);
      const texts = words.map(plainText);
      if (texts.includes(undefined)) return joinTexts(words, ' ');
      return known([...new Set(texts)].toSorted().join(' '));
    }),
    word: plain(2, ([index, list = emptyText]) => wordsOfText(list)[numberOf(index) - 1] ?? emptyText),
    words: plain(1, ([list = emptyText]) => known(String(wordsOfText(list).length))),
    wordlist: plain(3, ([first, last, list = emptyText]) =>
      joinTexts(wordsOfText(list).slice(Math.max(numberOf(first) - 1, 0), numberOf(last)), ' '),
    ),
    firstword: plain(1, ([list = emptyText]) => wordsOfText(list)[0] ?? emptyText),
    lastword: plain(1, ([list = emptyText]) => wordsOfText(list).at(-1) ?? emptyText),
    dir: perWord((word) => (word.includes('/') ? word.slice(0, word.lastIndexOf('/') + 1) : './')),
    notdir: perWord((word) => word.slice(word.lastIndexOf('/') + 1)),
    suffix: perWord(suffixOf),
    basename: perWord(baseOf),
    addsuffix: plain(2, ([suffix = emptyText, list = emptyText]) =>
      joinTexts(
        wordsOfText(list).map((word) => joinTexts([word, suffix])),
        ' ',
      ),
    ),
    addprefix: plain(2, ([prefix = emptyText, list = emptyText]) =>
      joinTexts(
        wordsOfText(list).map((word) => joinTexts([prefix, word])),
        ' ',
      ),
    ),
    join: plain(2, ([first = emptyText, second = emptyText]) => {
      const [left, right] = [wordsOfText(first), wordsOfText(second)];
      const length = Math.max(left.length, right.length);
      const words = Array.from({ length }, (_unused, at) => joinTexts([left[at] ?? emptyText, right[at] ?? emptyText]));
      return joinTexts(words, ' ');
    }),
    wildcard,
    abspath: perWord((word, { services }) => pathFrom(word, services.folder ?? '.')),
    realpath: perWord((word, { services }) =>
      services.folder === undefined ? normalizePath(word) : pathFrom(word, services.folder),
    ),
    if: conditional,
    or: either,
    and: both,
    foreach,
    call,
    eval: evaluated,
    value: plain(1, ([name = emptyText], { variables }) => {
      const [value] = variables.get(plainText(name)?.trim() ?? '')?.values ?? [];
      if (value === undefined) return emptyText;
      return value.flavor === 'simple' ? value.text : known(value.raw);
    }),
    origin: plain(1, ([name = emptyText], { variables }) =>
      known(variables.get(plainText(name)?.trim() ?? '')?.source ?? 'undefined'),
    ),
    flavor: plain(1, ([name = emptyText], { variables }) =>
      known(variables.get(plainText(name)?.trim() ?? '')?.values[0]?.flavor ?? 'undefined'),
    ),
    shell,
    file,
    info: plain(1, () => emptyText),
    warning: plain(1, () => emptyText),
    error: plain(1, () => emptyText),
    intcmp: plain(5, () => unknownText('intcmp')),
    let: {
      most: 3,
      call([names = '', list = '', body = ''], context, expand) {
        const words = wordsOfText(expand(list, context));
        const locals = new Map(context.locals);
        const variables = wordsOfText(expand(names, context)).map((name) => plainText(name) ?? '');
        variables.forEach((name, index) => {
          const isLast = index === variables.length - 1;
          locals.set(name, isLast ? joinTexts(words.slice(index), ' ') : (words[index] ?? emptyText));
        });
        return expand(body, { ...context, locals });
      },
    },
    guile: plain(1, () => unknownText('guile')),
  } satisfies Readonly<Record<string, MakeFunction>>),
);
