// wget: its options to the requests it would send. Following links (`-r`) only adds GET requests and is not shown.
import type { HttpBody, HttpRequest } from '../../model/fact.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { type HttpClient, maxRequests, unknownMethod } from './client.ts';
import { urlencodedType } from './form.ts';
import { optionTable, readArguments } from './options.ts';
import { addDefaultHeader, httpRequest, readHeader } from './request.ts';
import { fileContent, type Source, stdinContent } from './source.ts';
import { cutWord, flat, isBlank, partOf } from './words.ts';

export const client: HttpClient = { names: ['wget', 'wget2'], read: readWget };

/** `wget --help` of 1.21. */
const wgetOptions = optionTable({
  valued: `
    accept accept-regex append-output background-log base bind-address body-data body-file backups ca-certificate
    ca-directory certificate certificate-type ciphers compression config connect-timeout crl-file cut-dirs default-page
    directory-prefix dns-servers dns-timeout domains egd-file exclude-directories exclude-domains execute follow-tags
    ftp-password ftp-user header hsts-file http-passwd http-password http-user ignore-tags include-directories
    input-file input-metalink level limit-rate load-cookies local-encoding max-redirect method metalink-index
    output-document output-file password pinnedpubkey post-data post-file prefer-family preferred-location private-key
    private-key-type progress proxy-passwd proxy-password proxy-user quota random-file read-timeout referer regex-type
    reject reject-regex rejected-log remote-encoding report-speed restrict-file-names retry-on-http-error save-cookies
    secure-protocol start-pos timeout tries use-askpass user user-agent wait waitretry warc-dedup warc-file warc-header
    warc-max-size warc-tempdir`,
  switches: `
    adjust-extension ask-password auth-no-challenge background backup-converted cache check-certificate clobber
    content-disposition content-on-error continue convert-file-only convert-links cookies debug delete-after
    directories dns-cache follow-ftp force-directories force-html ftps-clear-data-connection ftps-fallback-to-ftp
    ftps-implicit ftps-resume-ssl glob help host-directories hsts html-extension http-keep-alive https-only
    if-modified-since ignore-case ignore-length inet4-only inet6-only iri keep-badhash keep-session-cookies mirror
    netrc page-requisites parent passive-ftp preserve-permissions protocol-directories proxy quiet random-wait
    recursive relative remove-listing retr-symlinks retry-connrefused save-headers server-response show-progress
    span-hosts spider strict-comments timestamping trust-server-names unlink use-server-timestamps verbose version
    warc-cdx warc-compression warc-digests warc-keep-log xattr`,
  short: `
    a=append-output A=accept b=background B=base c=continue d=debug D=domains e=execute E=adjust-extension F=force-html
    h=help H=span-hosts i=input-file I=include-directories k=convert-links K=backup-converted l=level L=relative
    m=mirror N=timestamping o=output-file O=output-document p=page-requisites P=directory-prefix q=quiet Q=quota
    r=recursive R=reject S=server-response t=tries T=timeout U=user-agent v=verbose V=version w=wait
    x=force-directories X=exclude-directories 4=inet4-only 6=inet6-only`,
  pairs: 'nv nc nd nH np',
});

/** What the options say about every request. */
interface Settings {
  readonly headers: Map<string, Word>;
  readonly urls: Word[];
  method: Word | undefined;
  body: HttpBody;
  user: Word | undefined;
  password: Word | undefined;
  spider: boolean;
  inert: boolean;
  /** Why there may be more URLs than are known. */
  unlisted: string | undefined;
}

function readWget(call: Invocation, world: World): readonly HttpRequest[] {
  const source: Source = { call, world };
  const settings = readSettings(source);
  if (settings.inert) return [];
  if (settings.body.kind !== 'none') addDefaultHeader(settings.headers, 'content-type', urlencodedType);
  const named = settings.urls.filter((url) => !isBlank(url));
  const urls = (named.length > 0 ? named : settings.urls).slice(0, maxRequests);
  const more = settings.urls.length > maxRequests ? 'too many URLs' : settings.unlisted;
  return [...urls, ...(more === undefined ? [] : [dynamicWord(`<${more}>`)])].flatMap((url) => {
    const request = httpRequest({
      method: methodOf(settings),
      url,
      headers: settings.headers,
      body: settings.body,
      user: userOf(settings),
    });
    return request === undefined ? [] : [request];
  });
}

function readSettings(source: Source): Settings {
  const settings: Settings = {
    headers: new Map(),
    urls: [],
    method: undefined,
    body: { kind: 'none' },
    user: undefined,
    password: undefined,
    spider: false,
    inert: false,
    unlisted: undefined,
  };
  for (const argument of readArguments(source.call.args, wgetOptions)) {
    if (argument.kind === 'positional') settings.urls.push(argument.word);
    else if (!argument.negated) readOption(argument.name, argument.value ?? staticWord(''), settings, source);
  }
  return settings;
}

function readOption(name: string, value: Word, settings: Settings, source: Source): void {
  switch (name) {
    case 'method':
      settings.method = value;
      break;
    case 'post-data':
    case 'body-data':
      settings.body = { kind: 'text', text: value };
      if (name === 'post-data') settings.method ??= staticWord('POST');
      break;
    case 'post-file':
    case 'body-file':
      settings.body = fileContent(value, source);
      if (name === 'post-file') settings.method ??= staticWord('POST');
      break;
    case 'header':
      readHeader(value, settings.headers);
      break;
    case 'user':
    case 'http-user':
      settings.user = value;
      break;
    case 'password':
    case 'http-password':
    case 'http-passwd':
      settings.password = value;
      break;
    case 'spider':
      settings.spider = true;
      break;
    case 'execute':
      readCommand(value, settings, source);
      break;
    case 'input-file':
      readList(value, settings, source);
      break;
    case 'help':
    case 'version':
      settings.inert = true;
      break;
  }
}

/** `-e name=value`: a line of .wgetrc, whose names are the options' without dashes and without regard to case. */
function readCommand(value: Word, settings: Settings, source: Source): void {
  const cut = cutWord(value, '=');
  if (cut === undefined) return;
  const written = flat(cut[0])
    .replace(/[\s_-]/g, '')
    .toLowerCase();
  const name = commands.get(written);
  if (name !== undefined) readOption(name, partOf(cut[1], flat(cut[1]).trim()), settings, source);
}

const commands: ReadonlyMap<string, string> = new Map(
  [
    'method',
    'post-data',
    'post-file',
    'body-data',
    'body-file',
    'header',
    'user',
    'password',
    'http-user',
    'http-password',
  ].map((name) => [name.replaceAll('-', ''), name]),
);

/** `-i file`: one URL a line; `-` is standard input. A list that stands on a server is fetched first. */
function readList(value: Word, settings: Settings, source: Source): void {
  if (/^https?:\/\//i.test(flat(value))) {
    settings.unlisted = 'the list of URLs is on a server';
    return;
  }
  const content = flat(value) === '-' ? stdinContent(source) : fileContent(value, source);
  if (content.kind === 'unread') settings.unlisted = content.detail;
  else {
    const lines = flat(content.text)
      .split(/\r?\n/)
      .map((line) => line.trim());
    settings.urls.push(...lines.filter((line) => line !== '').map((line) => partOf(content.text, line)));
  }
}

function methodOf({ method, spider }: Settings): string {
  if (method === undefined) return spider ? 'HEAD' : 'GET';
  return textOf(method) ?? unknownMethod;
}

const userOf = ({ user, password }: Settings): Word | undefined =>
  user && joinWords([user, staticWord(':'), password ?? staticWord('')]);
