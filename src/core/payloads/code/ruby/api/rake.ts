// rake: tasks that a program defines and invokes.
import { staticWord } from '../../../../model/word.ts';
import { list, named, type Value, wordOf } from '../../value.ts';
import type { Call } from '../calls.ts';
import { callBlock } from '../invoke.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { literal, nil } from '../model.ts';
import { plainText } from '../plain.ts';

/** The name of a task, what it needs, and what it is given: `task :a`, `task a: [:b]`, `task :a, [:x] => :b`. */
function headOf({ given }: Call): {
  name: string | undefined;
  needs: readonly string[];
  parameters: readonly string[];
} {
  const namesOf = (value: Value | undefined): readonly string[] =>
    (value?.kind === 'list' ? value.items : value === undefined ? [] : [value]).flatMap(
      (each) => literal(plainText(each)) ?? [],
    );
  const [first, second] = given.positional;
  const [entry] = first === undefined ? [...given.named] : first.kind === 'table' ? [...first.entries] : [];
  if (entry !== undefined) return { name: entry[0], needs: namesOf(entry[1]), parameters: [] };
  const [arrow] = [...given.named].filter(([key]) => key.startsWith('['));
  if (arrow !== undefined) {
    const parameters = [...arrow[0].matchAll(/"(\w+)"/g)].map(([, parameter]) => parameter ?? '');
    return { name: literal(first), needs: namesOf(arrow[1]), parameters };
  }
  return { name: literal(first), needs: namesOf(given.named.get('needs')), parameters: namesOf(second) };
}

const defines: LibraryApi = (call) => {
  const { name, needs, parameters } = headOf(call);
  if (name !== undefined) call.ruby.tasks.define(name, { needs, parameters, action: call.block });
  return nil;
};

const scopes: LibraryApi = (call) => {
  const name = literal(call.given.positional[0]);
  if (name === undefined) return nil;
  call.ruby.tasks.within(name, () => callBlock(call.block, [], call.ruby));
  return nil;
};

/** `Rake::Task["db:drop"].invoke`: a task of this program is followed, any other runs as rake would run it. */
const invokes: LibraryApi = ({ receiver, given, ruby }, via) => {
  const [name] = receiver?.kind === 'name' ? (receiver.made?.positional ?? []) : [];
  if (name === undefined) return nil;
  const known = literal(name);
  if (known !== undefined && ruby.tasks.invoke(known, given.positional, ruby)) return nil;
  ruby.record(via, { kind: 'words', words: [staticWord('rake'), wordOf(plainText(name))] });
  return nil;
};

const task: LibraryApi = ({ given }) => named('Rake::Task()', given);

export const rakeApis: LibraryApis = {
  task: defines,
  multitask: defines,
  file: defines,
  namespace: scopes,
  desc: () => nil,
  'Rake::Task.[]': task,
  'Rake.application.[]': task,
  'Rake::Task().invoke': invokes,
  'Rake::Task().execute': invokes,
  'Rake::Task().reenable': ({ receiver }) => receiver,
  'Rake.application': () => named('Rake.application'),
  'Rake.application.invoke_task': ({ given, ruby }, via) => {
    ruby.record(via, {
      kind: 'words',
      words: [staticWord('rake'), ...given.positional.map((each) => wordOf(plainText(each)))],
    });
    return nil;
  },
  'Rails::Command.invoke': ({ given, ruby }, via) => {
    const words = given.positional.flatMap((each) => (each.kind === 'list' ? each.items : [each]));
    ruby.record(via, { kind: 'words', words: [staticWord('rails'), ...words.map((each) => wordOf(plainText(each)))] });
    return list([]);
  },
};
