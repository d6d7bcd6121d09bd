// Local hosts: what a request to them hits belongs to whoever sits at this machine.
import { textOf, type Word } from '../model/word.ts';

/** Names and addresses that never leave this machine or its private network segment. */
export function isLocalHost(host: Word): boolean {
  const text = textOf(host)?.replace(/^\[|\]$/g, '');
  if (text === undefined) return false;
  return (
    text === 'localhost' ||
    text.endsWith('.localhost') ||
    text === '::1' ||
    text === '0.0.0.0' ||
    /^127\.\d+\.\d+\.\d+$/.test(text) ||
    text === 'host.docker.internal'
  );
}
