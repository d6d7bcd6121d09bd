// Fetching: what open-uri and the plain getters of Net::HTTP read from the network.
import { knownPrefix } from '../../../../model/word.ts';
import { httpRequest } from '../../../http/request.ts';
import { headersOf } from '../../api.ts';
import { named, table, unknown, type Value, wordOf } from '../../value.ts';
import type { Call } from '../calls.ts';
import { callBlock } from '../invoke.ts';
import { plainText } from '../plain.ts';

export const isUrl = (value: Value): boolean => {
  const plain = plainText(value);
  return plain.kind === 'text' && /^https?:\/\//.test(knownPrefix(plain.word));
};

/** A GET whose answer is the result. */
export function fetchPage(url: Value, { ruby, given, block }: Call, via: string): Value {
  const headers = headersOf(table(given.named));
  const request = httpRequest({ method: 'GET', url: wordOf(plainText(url)), headers, body: { kind: 'none' } });
  if (request !== undefined) ruby.record(via, { kind: 'http', request });
  const page = unknown(via, 'http');
  return block === undefined ? page : callBlock(block, [page], ruby);
}

export const uri = (value: Value): Value => named('URI()', { positional: [plainText(value)], named: new Map() });
