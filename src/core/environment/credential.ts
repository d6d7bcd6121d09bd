// Credentials: which secret a finding would use, where it was found, and whether it belongs to this task.

import { serviceHosts } from '../facts/endpoints.ts';
import type { Fact } from '../model/fact.ts';
import type { Credential } from '../model/verdict.ts';
import { textOf, type Word } from '../model/word.ts';
import { credentialOf } from '../payloads/http/credential.ts';
import { kindOfSecret } from '../payloads/redact.ts';
import { pathFrom } from '../resolve/paths.ts';
import type { ResolveContext } from './resolver.ts';

interface Secret {
  readonly value: Word;
  /** What carries it: a header, an assignment. */
  readonly carrier: string;
}

/** Variables whose value is a secret. */
const secretVariable = /(TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY|_KEY|CREDENTIALS?)$/;

/** The credential of a fact's invocation, never in clear; undefined where it carries none that is known. */
export function credentialFor(fact: Fact, context: ResolveContext): Credential | undefined {
  const secret = secretOf(fact);
  const value = textOf(secret?.value);
  if (secret === undefined || value === undefined || value.length < 8) return undefined;
  const place = placeOf(value, secret.carrier, context);
  return { kind: kindOf(value, fact), last4: value.slice(-4), ...place };
}

/** A format that says nothing gets its name from the service that it is sent to. */
function kindOf(value: string, fact: Fact): string {
  const kind = kindOfSecret(value);
  const host = fact.kind === 'graphql' || fact.kind === 'http' ? textOf(fact.host) : undefined;
  const service = Object.entries(serviceHosts).find(([, known]) => known === host)?.[0];
  return kind === 'token' && service !== undefined ? `${service[0]?.toUpperCase()}${service.slice(1)} API token` : kind;
}

/** All secrets in clear that a fact carries, for redaction. */
export function secretValues(fact: Fact): string[] {
  const value = textOf(secretOf(fact)?.value);
  return value === undefined || value.length < 8 ? [] : [value];
}

function secretOf(fact: Fact): Secret | undefined {
  if (fact.kind === 'graphql') return fact.credential && { value: fact.credential, carrier: fact.header ?? 'header' };
  if (fact.kind === 'http') {
    const credential = credentialOf(fact);
    return credential && { value: credential.value, carrier: credential.header };
  }
  const assignment = fact.invocation?.assignments.find(({ name }) => secretVariable.test(name));
  return assignment && { value: assignment.value, carrier: assignment.name };
}

/** Where the secret stands: a variable of the caller, a file, or nowhere that guard can see. */
function placeOf(value: string, carrier: string, context: ResolveContext): Pick<Credential, 'foundIn' | 'foreign'> {
  const variable = context.env.names().find((name) => textOf(context.env.get(name)) === value);
  if (variable !== undefined) return { foundIn: `$${variable}`, foreign: undefined };
  if (context.cwd === undefined) return { foundIn: `literal in the command (${carrier})`, foreign: undefined };
  const answer = context.world.ask({ kind: 'secret', value, cwd: context.cwd, home: context.home });
  if (answer?.kind === 'found') {
    const path = relativeTo(answer.path, context.cwd);
    const foreign = belongs(answer.path, context)
      ? undefined
      : `found in ${folderOf(path)}, which is not this folder's own configuration`;
    return { foundIn: `${path}:${answer.line}`, foreign };
  }
  if (answer?.kind === 'absent')
    return { foundIn: `literal in the command (${carrier})`, foreign: 'of unknown origin' };
  return { foundIn: `literal in the command (${carrier})`, foreign: undefined };
}

/** A file of the working directory, of a folder above it, or of the user's own configuration. */
function belongs(path: string, { cwd = '/', home }: ResolveContext): boolean {
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  const above = folder === '/' || cwd === folder || cwd.startsWith(`${folder}/`);
  const inWorkspace = path.startsWith(`${cwd}/`);
  return above || (!inWorkspace && home !== undefined && path.startsWith(pathFrom('.', home)));
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

const relativeTo = (path: string, folder: string): string =>
  path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
