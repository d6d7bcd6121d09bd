// Redaction: secrets in text become their kind and last four characters. What a secret looks like is known here and nowhere else.

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/**
 * Token formats that vendors document or that their secret scanners publish. Every pattern starts at the edge of a run
 * of its own characters, so a text of any length is read once.
 */
const formats: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: 'GitHub token', pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{16,}/g },
  { kind: 'GitHub token', pattern: /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{16,}/g },
  { kind: 'GitLab token', pattern: /(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{16,}/g },
  { kind: 'AWS access key', pattern: /(?<![A-Za-z0-9])A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  { kind: 'Stripe live key', pattern: /(?<![A-Za-z0-9])[sr]k_live_[A-Za-z0-9]{8,}/g },
  { kind: 'Stripe test key', pattern: /(?<![A-Za-z0-9])[sr]k_test_[A-Za-z0-9]{8,}/g },
  { kind: 'Slack token', pattern: /(?<![A-Za-z0-9])xox[a-z]-[A-Za-z0-9-]{10,}/g },
  { kind: 'npm token', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{20,}/g },
  { kind: 'Anthropic key', pattern: /(?<![A-Za-z0-9])sk-ant-[A-Za-z0-9_-]{16,}/g },
  { kind: 'OpenAI key', pattern: /(?<![A-Za-z0-9])sk-(?!ant-)[A-Za-z0-9_-]{20,}/g },
  { kind: 'Google API key', pattern: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{30,}/g },
  { kind: 'SendGrid key', pattern: /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,}/g },
  { kind: 'DigitalOcean token', pattern: /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{32,}/g },
  { kind: 'Supabase token', pattern: /(?<![A-Za-z0-9])sb(?:p|_secret)_[A-Za-z0-9_]{20,}/g },
  { kind: 'PlanetScale token', pattern: /(?<![A-Za-z0-9])pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_-]{16,}/g },
  { kind: 'Heroku token', pattern: /(?<![A-Za-z0-9])HRKU-[A-Za-z0-9_-]{20,}/g },
  { kind: 'Hugging Face token', pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{20,}/g },
  { kind: 'Shopify token', pattern: /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{20,}/g },
  { kind: 'JWT', pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g },
  { kind: 'private key', pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]*/g },
];

/** Words that end the name of a secret, alone or run together with what is before them (`PGPASSWORD`, `authtoken`). */
const secretEndings = ['token', 'secret', 'password', 'passwd', 'passphrase', 'apikey'];
/** Words that end the name of a secret only behind another piece: `MYSQL_PWD`, but not `PWD`. */
const companions = ['pwd', 'pass', 'auth'];
/** What stands before `key` in the name of a secret that is not written in capitals; `--sort-key` is none. */
const keyOwners = [
  'api',
  'access',
  'secret',
  'private',
  'auth',
  'service',
  'signing',
  'encryption',
  'master',
  'deploy',
];

function isSecretName(name: string): boolean {
  const pieces = name
    .split(/[_.-]|(?<=[a-z0-9])(?=[A-Z])/)
    .filter((piece) => piece !== '')
    .map((piece) => piece.toLowerCase());
  const last = pieces.at(-1) ?? '';
  if (pieces[0] === 'no') return false;
  if (last === 'sshpass' || secretEndings.some((ending) => last.endsWith(ending))) return true;
  if (pieces.length < 2) return false;
  if (companions.includes(last)) return true;
  return last === 'key' && (name === name.toUpperCase() || keyOwners.includes(pieces.at(-2) ?? ''));
}

/** `kind …last4`, in marks that no shell text has. Short secrets show nothing of themselves. */
const markOf = (kind: string, secret: string): string =>
  secret.length >= 12 ? `\u2039${kind} \u2026${secret.slice(-4)}\u203a` : `\u2039${kind}\u203a`;

const ownMark = /^\u2039[A-Za-z ]{2,30}(?: \u2026.{1,4})?\u203a?/;
const reference = /^(?:\$[A-Za-z_0-9{(@]|`|%[A-Za-z_]+%$)/;

/** A value that only names where the secret is (`$TOKEN`, `$(cat key)`), or that was redacted before, says nothing secret. */
const isHarmless = (value: string): boolean => value === '' || reference.test(value) || ownMark.test(value);

/**
 * What a secret is, by its format: `GitHub token`, `AWS access key` ... and `token` where the format says nothing
 * (a Railway token is a bare UUID).
 */
export function kindOfSecret(value: string): string {
  for (const { kind, pattern } of formats) {
    pattern.lastIndex = 0;
    if (pattern.exec(value)?.index === 0) return kind;
  }
  return 'token';
}

/**
 * `text` with every secret replaced by a mark that says its kind and, where it is long enough, its last four characters.
 * Secrets are those listed (as they are, percent-encoded, or inside base64 text such as `user:secret`), those of a known
 * format, and values in a place that holds a secret: `Authorization:`, `*_TOKEN=`, `scheme://user:pass@host`, `-p` of mysql.
 * Time is linear in the length of the text; redacting twice changes nothing.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const hits = [...listedHits(text, secrets), ...formatHits(text), ...placeHits(text)];
  if (hits.length === 0) return text;
  let result = '';
  let at = 0;
  for (const hit of mergeHits(hits)) {
    result += text.slice(at, hit.start) + markOf(hit.kind, text.slice(hit.start, hit.end));
    at = hit.end;
  }
  return result + text.slice(at);
}

/** Overlapping hits become one, named by the first: listed secrets and formats come before places. */
function mergeHits(hits: readonly Hit[]): Hit[] {
  const merged: Hit[] = [];
  for (const hit of hits.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || hit.start >= last.end) merged.push(hit);
    else merged[merged.length - 1] = { ...moreTelling(last, hit), start: last.start, end: Math.max(last.end, hit.end) };
  }
  return merged;
}

const vague = ['token', 'secret', 'key', 'password'];
const moreTelling = (a: Hit, b: Hit): Hit => (vague.includes(a.kind) && !vague.includes(b.kind) ? b : a);

function* listedHits(text: string, secrets: readonly string[]): Generator<Hit> {
  const listed = [...new Set(secrets)].filter((secret) => secret.length >= 4);
  if (listed.length === 0) return;
  for (const secret of listed) {
    const kind = kindOfSecret(secret);
    for (const form of spellingsOf(secret)) yield* occurrences(text, form, kind);
  }
  for (const match of text.matchAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g)) {
    const decoded = decodeBase64(match[0]);
    const secret = listed.find((candidate) => decoded.includes(candidate));
    if (secret !== undefined)
      yield { start: match.index, end: match.index + match[0].length, kind: kindOfSecret(secret) };
  }
}

function spellingsOf(secret: string): ReadonlySet<string> {
  const upper = percentEncode(secret);
  const lower = upper.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase());
  return new Set([secret, upper, lower]);
}

/** Lone surrogates cannot be percent-encoded; such a secret is only looked for as it is. */
function percentEncode(secret: string): string {
  try {
    return encodeURIComponent(secret);
  } catch {
    return secret;
  }
}

function decodeBase64(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
  } catch {
    return '';
  }
}

function* occurrences(text: string, part: string, kind: string): Generator<Hit> {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length))
    yield { start: at, end: at + part.length, kind };
}

function* formatHits(text: string): Generator<Hit> {
  for (const { kind, pattern } of formats)
    for (const match of text.matchAll(pattern))
      yield { start: match.index, end: match.index + match[0].trimEnd().length, kind };
}

/**
 * A name and what separates it from its value. The lookbehind lets a name start only where no name is running, so no
 * character is read more often than a fixed number of times.
 */
const nameBeforeValue = /(?<![\w./-])(-{0,2})([A-Za-z_][\w.-]*)(=|\\?["']?\s{0,3}:\s{0,3}|\s=\s| )/g;

/** The value behind it, in one of four spellings. */
const valueHere = /\\"([^"\\\n]*)|"([^"\n]*)|'([^'\n]*)|([^\s"'\\&;|<>(),]+)/dy;

/** Places that hold a secret whatever its name; the secret is the last group. */
const places: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  {
    kind: 'token',
    pattern: /(?<![\w-])authorization\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?(?:[A-Za-z]{1,20}\s{1,3})?([^\s"'\\]+)/dgi,
  },
  { kind: 'bearer token', pattern: /(?<![A-Za-z])bearer\s{1,3}\\?["']?([^\s"'\\]{8,})/dgi },
  { kind: 'cookie', pattern: /(?<![\w-])cookie:\s{0,3}([^"'\n]+)/dgi },
  { kind: 'password', pattern: /(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s:@/"']*:([^\s/"']+)@/dg },
  { kind: 'password', pattern: /(?<=\s)(?:-u|--user)[ =]?["']?[^\s:"'@]{1,200}:([^\s"']+)/dg },
];

/** Flags that carry a password behind the program's name. */
const passwordFlags: readonly { readonly program: RegExp; readonly flag: RegExp }[] = [
  { program: /(?<![\w-])(?:mysql|mariadb)/, flag: /(?<=\s)-p(?:"([^"\n]+)|'([^'\n]+)|([^\s"']+))/dg },
  { program: /(?<![\w-])redis-cli/, flag: /(?<=\s)-a\s{0,3}(?:"([^"\n]+)|'([^'\n]+)|([^\s"']+))/dg },
  { program: /(?<![\w-])sshpass/, flag: /(?<=\s)-p\s{0,3}(?:"([^"\n]+)|'([^'\n]+)|([^\s"']+))/dg },
];

function* placeHits(text: string): Generator<Hit> {
  for (const {
    0: { length },
    1: dashes,
    2: name = '',
    3: separator,
    index,
  } of text.matchAll(nameBeforeValue)) {
    if ((separator === ' ' && dashes !== '--') || !isSecretName(name)) continue;
    valueHere.lastIndex = index + length;
    const value = valueHere.exec(text);
    const isFlag = separator === ' ' && value?.[4]?.startsWith('-');
    if (value !== null && !isFlag) yield* valueHit(value, 1, kindOfNamed(name));
  }
  for (const { kind, pattern } of places) for (const match of text.matchAll(pattern)) yield* valueHit(match, 1, kind);
  for (const { program, flag } of passwordFlags) {
    const from = program.exec(text)?.index;
    if (from === undefined) continue;
    for (const match of text.matchAll(flag)) if (match.index > from) yield* valueHit(match, 1, 'password');
  }
}

/** The first group from `group` on that took part in the match, unless it holds no secret. */
function* valueHit(match: RegExpMatchArray, group: number, kind: string): Generator<Hit> {
  const index = match.findIndex((value, at) => at >= group && value !== undefined);
  const range = match.indices?.[index];
  const value = match[index];
  if (range === undefined || value === undefined || isHarmless(value)) return;
  const format = kindOfSecret(value);
  yield { start: range[0], end: range[1], kind: format === 'token' ? kind : format };
}

function kindOfNamed(name: string): string {
  const lower = name.toLowerCase();
  if (/pass|pwd/.test(lower)) return 'password';
  if (lower.startsWith('railway') || lower === 'project-access-token') return 'Railway token';
  if (lower === 'aws_secret_access_key') return 'AWS secret key';
  if (lower.endsWith('key')) return 'key';
  return lower.endsWith('secret') ? 'secret' : 'token';
}
