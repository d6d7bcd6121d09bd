// Kubernetes manifests: the objects that files, folders and kustomizations name.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import type { DataReader } from '../../model/reader.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import { fileText, stdinText } from '../output.ts';
import { absolutePath } from '../paths.ts';

export interface KubernetesObject {
  /** In lower case, as kubectl takes it. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** The containers' commands with their arguments. */
  readonly commands: readonly (readonly string[])[];
  /** The file it stands in; undefined for standard input. */
  readonly path: string | undefined;
}

/** What is read for one call. */
const limits = { files: 50, folders: 20, documents: 200 } as const;

/** The objects behind `-f` (files, folders, `-`) and `-k` (kustomizations). What cannot be read is passed over. */
export function objectsOf(
  files: readonly Word[],
  kustomizations: readonly Word[],
  call: Invocation,
  world: World,
): readonly KubernetesObject[] {
  const texts = [
    ...files.flatMap((word) => textsAt(word, call, world)),
    ...kustomizations.flatMap((word) => kustomized(absolutePath(word, call.cwd), call, world, new Set())),
  ].slice(0, limits.files);
  if (texts.length === 0) return [];
  const answer = world.ask({ kind: 'reader', language: 'yaml' });
  if (answer?.kind !== 'reader') return [];
  const reader = answer.reader as DataReader;
  return texts.flatMap(({ text, path }) => documentsOf(text, reader).flatMap((each) => objectIn(each, path)));
}

interface Manifest {
  readonly text: string;
  readonly path: string | undefined;
}

function textsAt(word: Word, call: Invocation, world: World): readonly Manifest[] {
  if (textOf(word) === '-') {
    const text = textOf(stdinText(call.stdin, call, world));
    return text === undefined ? [] : [{ text, path: undefined }];
  }
  const path = absolutePath(word, call.cwd);
  if (path === undefined || call.host.kind !== 'local') return [];
  const answer = world.ask({ kind: 'file', path });
  if (answer?.kind === 'text') return [{ text: answer.text, path }];
  if (answer?.kind !== 'failed' && answer?.kind !== 'absent') return [];
  const folder = world.ask({ kind: 'folder', path });
  const names = folder?.kind === 'names' ? folder.names.filter((name) => /\.(ya?ml|json)$/.test(name)) : [];
  return names.slice(0, limits.files).flatMap((name) => readAt(`${path}/${name}`, call, world));
}

function readAt(path: string, call: Invocation, world: World): readonly Manifest[] {
  const text = textOf(fileText(staticWord(path), call, world));
  return text === undefined ? [] : [{ text, path }];
}

/** The resources that a kustomization lists, each folder once. Source: kustomize's reference, resources. */
function kustomized(
  folder: string | undefined,
  call: Invocation,
  world: World,
  seen: Set<string>,
): readonly Manifest[] {
  if (folder === undefined || seen.has(folder) || seen.size >= limits.folders) return [];
  seen.add(folder);
  const [own] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].flatMap((name) =>
    readAt(`${folder}/${name}`, call, world),
  );
  const answer = own === undefined ? undefined : world.ask({ kind: 'reader', language: 'yaml' });
  if (own === undefined || answer?.kind !== 'reader') return [];
  const data = (answer.reader as DataReader).read(own.text);
  const listed = isRecord(data) ? [...listOf(data.resources), ...listOf(data.bases)] : [];
  return listed.slice(0, limits.files).flatMap((entry): readonly Manifest[] => {
    const path = typeof entry === 'string' ? absolutePath(staticWord(entry), staticWord(folder)) : undefined;
    if (path === undefined || /^https?:/.test(String(entry))) return [];
    const [file] = readAt(path, call, world);
    return file === undefined ? kustomized(path, call, world, seen) : [file];
  });
}

/** The documents of a text, divided by lines of `---`. */
function documentsOf(text: string, reader: DataReader): readonly unknown[] {
  const documents = text.split(/^---.*$/m).slice(0, limits.documents);
  return documents.filter((each) => each.trim() !== '').map((each) => reader.read(each));
}

function objectIn(data: unknown, path: string | undefined): readonly KubernetesObject[] {
  if (!isRecord(data) || typeof data.kind !== 'string') return [];
  if (Array.isArray(data.items)) return data.items.flatMap((item: unknown) => objectIn(item, path));
  const metadata = isRecord(data.metadata) ? data.metadata : {};
  if (typeof metadata.name !== 'string') return [];
  const { namespace } = metadata;
  return [
    {
      kind: data.kind.toLowerCase(),
      name: metadata.name,
      namespace: typeof namespace === 'string' ? namespace : undefined,
      commands: commandsIn(data.spec, 6),
      path,
    },
  ];
}

/** `command` and `args` of every container, however deep a template holds them. */
function commandsIn(spec: unknown, depth: number): readonly (readonly string[])[] {
  if (!isRecord(spec) || depth === 0) return [];
  const containers = [...listOf(spec.initContainers), ...listOf(spec.containers)];
  const own = containers.flatMap((container) => {
    const command = isRecord(container) ? [...listOf(container.command), ...listOf(container.args)] : [];
    return isRecord(container) && Array.isArray(container.command) ? [command.map(String)] : [];
  });
  return [...own, ...[spec.template, spec.jobTemplate, spec.spec].flatMap((inner) => commandsIn(inner, depth - 1))];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
