// OpenSSH options that run a command on this machine; ssh, scp and sftp share them.
import type { Invocation } from '../model/invocation.ts';
import { textOf, type Word } from '../model/word.ts';
import { withoutPrefix } from './assignments.ts';
import type { Inner } from './launcher.ts';

/** What `-o ProxyCommand=...` and its kin would run. Source: ssh_config(5). */
export function optionCode(call: Invocation): readonly Inner[] {
  const texts: Word[] = [];
  call.args.forEach((word, index) => {
    const text = textOf(word) ?? '';
    const glued = /^-[A-Za-z]*o(?=[A-Z])/.exec(text)?.[0];
    if (glued !== undefined) texts.push(withoutPrefix(word, glued.length));
    else if (/^-[A-Za-z]*o$/.test(text) && call.args[index + 1] !== undefined) texts.push(call.args[index + 1] as Word);
  });
  return texts.flatMap((option): readonly Inner[] => {
    const name = /^(ProxyCommand|LocalCommand|KnownHostsCommand)\s*[= ]\s*/i.exec(textOf(option) ?? '')?.[0];
    return name === undefined
      ? []
      : [{ kind: 'code', text: withoutPrefix(option, name.length), stdin: { kind: 'none' } }];
  });
}
