// State: what a scope keeps of the shell: values of variables, bodies of functions, descriptors and written files.
import type { Invocation, Stdin } from '../model/invocation.ts';
import type { CommandNode } from '../model/script.ts';
import { dynamicWord, piecesOf, staticWord, type Word } from '../model/word.ts';

export type Value =
  | { readonly kind: 'scalar'; readonly word: Word }
  | { readonly kind: 'array'; readonly elements: readonly Word[] };

/** Longest value and longest list that are followed: what doubles itself in a loop must end. */
const maxText = 1_048_576;
const maxElements = 10_000;

export const unknownValue = (name: string): Value => ({ kind: 'scalar', word: dynamicWord(`$${name}`) });

/** Whether a value is more than is followed. */
export const isTooLarge = (value: Value): boolean =>
  value.kind === 'array' ? value.elements.length > maxElements : sizeOf(value.word) > maxText;

/** Characters, and what each piece costs by itself. */
const sizeOf = (word: Word): number => piecesOf(word).reduce((size, piece) => size + 128 + (piece?.length ?? 0), 0);

/** What `$name` stands for: a value, or the first of a list. */
export const firstWord = (value: Value): Word =>
  value.kind === 'scalar' ? value.word : (value.elements[0] ?? staticWord(''));

/** Whether two words are known to be the same. */
export const sameWord = (a: Word, b: Word): boolean =>
  a.kind === 'static' && b.kind === 'static' ? a.value === b.value : a === b;

export function sameValue(a: Value, b: Value): boolean {
  if (a.kind === 'scalar' && b.kind === 'scalar') return sameWord(a.word, b.word);
  if (a.kind !== 'array' || b.kind !== 'array' || a.elements.length !== b.elements.length) return false;
  return a.elements.every((element, index) => sameWord(element, b.elements[index] as Word));
}

/** The same of two lists, which may be unknown. */
export function sameWords(a: readonly Word[] | undefined, b: readonly Word[] | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && a.length === b?.length && a.every((word, index) => sameWord(word, b[index] as Word));
}

/** A function's body; undefined where the name may stand for a program as well. */
export type FunctionBody = CommandNode | undefined;

/** A file that the script itself wrote: its text where that is known. */
export interface WrittenFile {
  readonly text: Word | undefined;
  /** What stood in the file before stands in front of the text. */
  readonly appended: boolean;
  /** What prints into it, where it is a process substitution. */
  readonly from?: readonly Invocation[];
}

/** How much of each input was read so far; all that share a descriptor share the place. */
export type Places = WeakMap<Stdin, number>;

/** State that all scopes of one analysis share. */
export interface SharedState {
  /** Files written so far, by absolute or relative path as the script names them. */
  readonly written: Map<string, WrittenFile>;
  /** How much of each input was read. */
  readonly places: Places;
}

/** What a descriptor above 2 stands for: an input, or the path that it writes to. */
export interface Descriptor {
  readonly input?: Stdin;
  readonly output?: Word;
}
