// Libraries: what calls of Ruby's own library and of gems do, by qualified name.
import { own } from '../../../model/table.ts';
import { named, unknown, type Value } from '../value.ts';
import { cloudCall } from './api/cloud.ts';
import { databaseApis } from './api/databases.ts';
import { fileApis, includedFileUtils } from './api/files.ts';
import { httpApis } from './api/http.ts';
import { kernelApis } from './api/kernel.ts';
import { processApis, runsCommand } from './api/processes.ts';
import { rakeApis } from './api/rake.ts';
import { recordCall } from './api/records.ts';
import type { Call } from './calls.ts';
import { callBlock } from './invoke.ts';
import { nil, objectOf, RubyClass, RubyInstance } from './model.ts';

/** What one call does, and gives where that is known. `via` names it for a person: `FileUtils.rm_rf`. */
export type LibraryApi = (call: Call, via: string) => Value | undefined;
export type LibraryApis = Readonly<Record<string, LibraryApi>>;

const apis: LibraryApis = { ...fileApis, ...processApis, ...kernelApis, ...httpApis, ...databaseApis, ...rakeApis };

/** What a call of a library gives; undefined where it is not known at all. */
export function libraryCall(call: Call): Value | undefined {
  const base = baseOf(call);
  const key = base === undefined ? call.name : `${base}.${call.name}`;
  const via = key
    .replace(/^\*\./, '')
    .replace(/\((?:limited)?\)\./, '#')
    .replace(/\((?:limited)?\)/g, '');
  const api = own(apis, key) ?? (base === undefined ? includedApi(call) : undefined);
  if (api !== undefined) return api(call, via) ?? unknown(call.source);
  const result = recordCall(call, base, via) ?? cloudCall(call, base, via);
  if (result !== undefined) return result;
  return base !== undefined && base !== '*' ? instance(call, base) : undefined;
}

/** What a call is looked up by: a library's name, `*` for something unknown, undefined for a call that stands alone. */
function baseOf({ receiver }: Call): string | undefined {
  const object = objectOf(receiver);
  if (receiver === undefined) return undefined;
  if (receiver === nil) return 'nil';
  if (receiver.kind === 'name') {
    const name = receiver.name.replace(/^(?:Kernel|Object)$/, '');
    return name === '' ? undefined : name;
  }
  if (object instanceof RubyClass) return object.library ?? object.name;
  if (object instanceof RubyInstance) return `${object.of.library ?? object.of.name}()`;
  return '*';
}

/** Functions that stand alone where FileUtils is included; `sh` is rake's. */
function includedApi({ name, ruby, given }: Call): LibraryApi | undefined {
  const isOwn = ruby.hasFileUtils || /^(rm_rf|rm_r|rm_f|remove_dir|remove_entry|mkdir_p|cp_r|mv)$/.test(name);
  if (name === 'sh' && given.positional.length > 0)
    return (call, via) => {
      const output = runsCommand(call, via);
      return call.block === undefined ? output : callBlock(call.block, [unknown('$ok'), unknown('$status')], call.ruby);
    };
  return isOwn ? own(includedFileUtils, name) : undefined;
}

/** `Library::Thing.new(...)` and what connects or opens: an instance that remembers what made it. */
function instance(call: Call, base: string): Value | undefined {
  const { name, given, block, ruby, frame, receiver, source } = call;
  if (!/^(new|connect|open|start|create|instance|client|build|configure|with)$/.test(name) || base.endsWith('()'))
    return undefined;
  const made = named(`${base}()`, { ...given, ...(receiver === undefined ? {} : { receiver }) });
  if (block !== undefined) ruby.either(frame, [() => callBlock(block, [made], ruby)], true, source);
  return made;
}
