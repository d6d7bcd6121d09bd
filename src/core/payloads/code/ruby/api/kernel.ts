// Kernel: requiring and evaluating code, the environment, leaving the program, texts that are decoded.
import { staticWord } from '../../../../model/word.ts';
import { joinPaths, list, table, taintOf, text, unknown, type Value, wordOf } from '../../value.ts';
import { format } from '../builtin/texts.ts';
import type { Call } from '../calls.ts';
import { base64Text } from '../decode.ts';
import { addMethod } from '../definitions.ts';
import { callBlock } from '../invoke.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { Closure, literal, nil, objectValue, Reference } from '../model.ts';
import { expandPath, folderName } from '../paths.ts';
import { pathname, plainText } from '../plain.ts';
import { opensFile } from './files.ts';

const first = ({ given }: Call): Value => plainText(given.positional[0] ?? nil);

/** Files of the project; libraries are not followed. */
const requires =
  (relative: boolean, again: boolean): LibraryApi =>
  (call) => {
    const { ruby } = call;
    const path = first(call);
    const known = literal(path);
    if (known === 'rake') ruby.hasFileUtils = true;
    if (known === undefined || (!relative && !again && !/^[./]/.test(known))) return text('true');
    const base = relative && ruby.source.path !== undefined ? folderName(text(ruby.source.path)) : text(ruby.folder);
    const absolute = literal(expandPath(joinPaths([base, path]), undefined, ruby));
    if (absolute !== undefined) ruby.load(absolute, again);
    return text('true');
  };

const evaluates: LibraryApi = (call, via) =>
  call.block === undefined
    ? call.ruby.evaluateText(first(call), call.frame, via)
    : callBlock(call.block, call.given.positional, call.ruby);

/** A variable of the environment; one that is known to be unset is nil. */
function variable(call: Call): Value {
  const name = literal(first(call));
  if (name === undefined) return unknown(call.source);
  const set = call.ruby.environment.findLast((each) => each.name === name);
  const word = set?.value ?? call.ruby.context.variable(name);
  return word === undefined ? nil : text(word);
}

const fetches: LibraryApi = (call) => {
  const found = variable(call);
  if (found !== nil) return found;
  if (call.block !== undefined) return callBlock(call.block, call.given.positional, call.ruby);
  return call.given.positional[1] ?? unknown(call.source);
};

const sets: LibraryApi = ({ given, ruby }) => {
  const [name, value] = given.positional;
  const known = literal(name);
  if (known !== undefined && value !== undefined)
    ruby.environment.push({ name: known, value: wordOf(plainText(value)) });
  return value;
};

const leaves: LibraryApi = ({ frame }) => {
  frame.ended = true;
  return nil;
};

/** Blocks that run, though nobody knows when. */
const runsBlock: LibraryApi = ({ block, ruby, given }) => {
  const result = callBlock(block, given.positional, ruby);
  return block === undefined ? undefined : result;
};

/** Blocks that run only when something else happens. */
const keepsBlock: LibraryApi = () => nil;

const closure: LibraryApi = ({ block }) => (block === undefined ? undefined : objectValue(block));

/** `loop { ... }`: read once. */
const repeats: LibraryApi = ({ block, ruby, frame }) => {
  ruby.repeating(() => ruby.either(frame, [() => callBlock(block, [], ruby)], true, 'loop'));
  return nil;
};

const decodes: LibraryApi = (call) => {
  const encoded = literal(first(call));
  return encoded === undefined ? unknown(call.source, 'decoded') : base64Text(encoded, call.source);
};

const decoded: LibraryApi = (call) => unknown(call.source, taintOf(first(call)) ?? 'decoded');

const formats: LibraryApi = ({ given: { positional, named } }) =>
  format(positional[0] ?? nil, named.size > 0 ? [table(named)] : positional.slice(1));

export const kernelApis: LibraryApis = {
  require: requires(false, false),
  require_relative: requires(true, false),
  require_dependency: requires(true, false),
  load: requires(false, true),
  import: requires(false, true),
  eval: evaluates,
  instance_eval: evaluates,
  'Binding().eval': evaluates,
  'TOPLEVEL_BINDING.eval': evaluates,
  'RubyVM::InstructionSequence.compile': (call, via) => evaluates(call, via),
  open: opensFile,
  format: formats,
  sprintf: formats,
  String: (call) => first(call),
  Array: ({ given }) => (given.positional[0]?.kind === 'list' ? given.positional[0] : list(given.positional)),
  lambda: closure,
  proc: closure,
  'Proc.new': closure,
  method: ({ given, frame }) => {
    const name = literal(given.positional[0]);
    return name === undefined ? undefined : objectValue(new Reference(name, { self: frame.self }));
  },
  send: (call) => call.ruby.resend(call),
  public_send: (call) => call.ruby.resend(call),
  __send__: (call) => call.ruby.resend(call),
  define_method: ({ given, block, ruby, frame }) => {
    const name = literal(given.positional[0]);
    if (name !== undefined && block instanceof Closure) addMethod(name, block, frame.owner, false, ruby);
    return nil;
  },
  include: (call) => {
    if (call.given.positional.some((each) => each.kind === 'name' && /^(FileUtils|Rake::DSL)/.test(each.name)))
      call.ruby.hasFileUtils = true;
    return nil;
  },
  extend: (call) => {
    if (call.given.positional.some((each) => each.kind === 'name' && /^(FileUtils|Rake::DSL)/.test(each.name)))
      call.ruby.hasFileUtils = true;
    return nil;
  },
  __dir__: ({ ruby }) => (ruby.source.path === undefined ? text(ruby.folder) : folderName(text(ruby.source.path))),
  __method__: ({ frame }) => text(frame.method?.of.node.name ?? ''),
  'block_given?': () => undefined,
  exit: leaves,
  'exit!': leaves,
  abort: leaves,
  raise: leaves,
  fail: leaves,
  throw: leaves,
  'Process.exit': leaves,
  at_exit: runsBlock,
  fork: runsBlock,
  catch: runsBlock,
  'Process.fork': runsBlock,
  'Thread.new': runsBlock,
  'Thread.start': runsBlock,
  'Fiber.new': runsBlock,
  'Timeout.timeout': runsBlock,
  'Benchmark.measure': runsBlock,
  'Benchmark.realtime': runsBlock,
  'Bundler.with_clean_env': runsBlock,
  'Bundler.with_unbundled_env': runsBlock,
  'Bundler.with_original_env': runsBlock,
  trap: keepsBlock,
  'Signal.trap': keepsBlock,
  loop: repeats,
  'ENV.[]': variable,
  'ENV.fetch': fetches,
  'ENV.[]=': sets,
  'ENV.store': sets,
  'Base64.decode64': decodes,
  'Base64.strict_decode64': decodes,
  'Base64.urlsafe_decode64': decodes,
  'Zlib::Inflate.inflate': decoded,
  'Zlib.inflate': decoded,
  'Zlib.gunzip': decoded,
  'Marshal.load': decoded,
  'JSON.generate': ({ given }) => text(wordOf(given.positional[0])),
  'JSON.dump': ({ given }) => text(wordOf(given.positional[0])),
  'JSON.pretty_generate': ({ given }) => text(wordOf(given.positional[0])),
  'JSON.parse': ({ given, source }) => unknown(source, taintOf(given.positional[0])),
  'Rails.root': ({ ruby }) => pathname(text(ruby.folder)),
  'Rails.env': ({ ruby }) => text(ruby.context.variable('RAILS_ENV') ?? staticWord('development')),
  'ARGF.read': ({ ruby, source }) => (ruby.context.stdin === undefined ? unknown(source) : text(ruby.context.stdin)),
  'STDIN.read': ({ ruby, source }) => (ruby.context.stdin === undefined ? unknown(source) : text(ruby.context.stdin)),
  '$stdin.read': ({ ruby, source }) => (ruby.context.stdin === undefined ? unknown(source) : text(ruby.context.stdin)),
};
