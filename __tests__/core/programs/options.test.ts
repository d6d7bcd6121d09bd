// Options: which words of an argv are flags, which are their values, and which stand alone.
import { describe, expect, test } from '@jest/globals';
import { dynamicWord, showWord, staticWord, type Word } from '../../../src/core/model/word.ts';
import { type OptionGrammar, optionGrammar, plainOptions, readOptions } from '../../../src/core/programs/options.ts';

const wordOf = (text: string): Word => (text.startsWith('$') ? dynamicWord(text) : staticWord(text));

/** `flags ; positionals`. */
function read(line: string, grammar: OptionGrammar): string {
  const { flags, positionals } = readOptions(line.split(' ').map(wordOf), grammar);
  const shown = [...flags].map(([flag, value]) => (value === undefined ? flag : `${flag}=${showWord(value)}`));
  return `${shown.join(' ')} ; ${positionals.map(showWord).join(' ')}`;
}

const valued = optionGrammar({ values: '-n --name', aliases: '-f=--force -n=--name' });
const single = optionGrammar({ values: '-var', singleDash: true });
const early = optionGrammar({ values: '-u', stopAtPositional: true });
const scoped = optionGrammar({ scoped: { '': '-c', compose: '-f -p' } });

describe('reading options', () => {
  test.each<[string, OptionGrammar, string]>([
    ['-f a b', plainOptions, '-f ; a b'],
    ['-abc', plainOptions, '-a -b -c ; '],
    ['--force=yes x', plainOptions, '--force=yes ; x'],
    ['a -- -f', plainOptions, ' ; a -f'],
    ['- a', plainOptions, ' ; - a'],
    ['-n web -f', valued, '--name=web --force ; '],
    ['-nweb x', valued, '--name=web ; x'],
    ['-fn web x', valued, '--force --name=web ; x'],
    ['--name web x', valued, '--name=web ; x'],
    ['-n $NAME x', valued, '--name=$NAME ; x'],
    ['$NAME -f', valued, '--force ; $NAME'],
    ['-n', valued, '--name ; '],
    ['-auto-approve -var a=b x', single, '-auto-approve -var=a=b ; x'],
    ['-var=a x', single, '-var=a ; x'],
    ['-u bob rm -f', early, '-u=bob ; rm -f'],
    ['-c prod compose -f a.yaml -p shop down -f', scoped, '-c=prod -f -p=shop ; compose down'],
    ['rm -f web', scoped, '-f ; rm web'],
    ['compose down -f x', scoped, '-f ; compose down x'],
    ['$X -f a', scoped, '-f ; $X a'],
  ])('%s', (line, grammar, expected) => expect(read(line, grammar)).toBe(expected));
});
