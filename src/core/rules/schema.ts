// The JSON Schema of a rule file: a closed vocabulary. What is not in it is a load error.

const text = { type: 'string', minLength: 1 } as const;
const oneOrMore = (item: object) => ({ oneOf: [item, { type: 'array', items: item, minItems: 1, uniqueItems: true }] });
const names = (...values: string[]) => oneOrMore({ enum: values });
const texts = oneOrMore(text);
const flag = { type: 'boolean' } as const;
const textMatcher = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: { is: texts, startsWith: texts, endsWith: texts, contains: texts },
};
const condition = (required: string[], properties: object) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

const zones = names(
  'root',
  'system',
  'home',
  'home-entry',
  'temp',
  'device',
  'workdir',
  'project',
  'parent',
  'elsewhere',
  'unknown',
);
const natures = names(
  'build',
  'cache',
  'scratch',
  'log',
  'vcs',
  'backup',
  'database',
  'data',
  'source',
  'secret',
  'state',
  'program',
  'guard',
  'folder',
  'plain',
);

/** The conditions of each fact kind. */
const facts = {
  command: condition(['name'], {
    name: texts,
    subcommand: texts,
    notSubcommand: texts,
    verb: texts,
    anyFlag: texts,
    allFlags: texts,
    noFlag: texts,
    positional: textMatcher,
    minPositionals: { type: 'integer', minimum: 1 },
    maxPositionals: { type: 'integer', minimum: 0 },
  }),
  file: condition(['op'], {
    op: names('delete', 'overwrite', 'truncate', 'chmod', 'chown', 'format'),
    zone: zones,
    nature: natures,
    notNature: natures,
    recursive: flag,
    many: flag,
    recreated: flag,
    asks: flag,
    loss: names('committed', 'session', 'edited', 'each-other', 'repository', 'work'),
  }),
  sql: condition(['op'], {
    op: names('drop', 'truncate', 'delete', 'update', 'alter-drop', 'replace', 'meta', 'dynamic', 'other'),
    object: texts,
    limited: flag,
    cascade: flag,
  }),
  graphql: condition(['operation'], {
    operation: names('query', 'mutation', 'subscription'),
    host: texts,
    localHost: flag,
    field: texts,
    verb: texts,
    argument: textMatcher,
  }),
  http: condition(['method'], { method: texts, host: texts, localHost: flag, path: texts }),
  git: condition(['op'], {
    op: names(
      'discard-worktree',
      'clean',
      'force-push',
      'delete-remote-ref',
      'mirror-push',
      'delete-branch',
      'delete-tag',
      'drop-stash',
      'rewrite-history',
      'expire-reflog',
      'delete-ref',
      'remove-files',
      'remove-worktree',
      'deinit-submodule',
    ),
    forced: flag,
  }),
  flow: condition(['from', 'to'], {
    from: names('http', 'decoded', 'file', 'secret', 'unknown'),
    to: names('shell', 'interpreter', 'device', 'http', 'database'),
  }),
  call: condition(['library', 'name'], { library: texts, name: texts, anyOption: texts, limited: flag }),
  env: condition(['name'], { name: texts, value: textMatcher }),
  opaque: condition(['reason'], {
    reason: names(
      'dynamic-program',
      'dynamic-code',
      'generated-code',
      'unreadable-script',
      'missing-script',
      'syntax',
      'too-deep',
      'unread-stdin',
      'unread-body',
      'unread-program',
    ),
  }),
};

const factCondition = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: facts,
};
const count = { type: 'integer', minimum: 0 } as const;
const counts = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, count]));
/** What stands on the disk of an example, by absolute path. */
const disk = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    properties: {
      type: { enum: ['file', 'folder', 'link'] },
      leadsTo: text,
      files: count,
      session: flag,
      git: condition([], counts('tracked', 'modified', 'untracked', 'ignored')),
      repository: condition([], { ...counts('uncommitted', 'unpushed'), stashed: flag }),
      mounted: flag,
    },
  },
};
const example = {
  oneOf: [
    text,
    {
      type: 'object',
      additionalProperties: false,
      required: ['command', 'disk'],
      properties: { command: text, disk },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['command', 'files'],
      properties: { command: text, files: { type: 'object', additionalProperties: { type: 'string' } } },
    },
  ],
};
const examples = { type: 'array', items: example, minItems: 1, uniqueItems: true };

export const ruleSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'guard rule',
  description:
    'One destructive operation: which facts show it, how bad it is, what is safer, and examples on both sides.',
  type: 'object',
  additionalProperties: false,
  required: ['title', 'severity', 'undo', 'why', 'target', 'match', 'examples'],
  properties: {
    title: {
      ...text,
      maxLength: 80,
      description: 'What happens, in one line: "Deletes a Railway volume and every backup stored in it".',
    },
    severity: { enum: ['low', 'medium', 'high', 'critical'] },
    undo: { ...text, description: 'What gets it back, or that nothing does. Shown to the human.' },
    why: { ...text, description: 'Why this deserves a question.' },
    safer: { ...text, description: 'What to do instead.' },
    target: {
      ...text,
      description: 'The resolver that says what and where this is: railway.volume, path, sql.database ...',
    },
    match: {
      oneOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['anyOf'],
          properties: { anyOf: { type: 'array', items: factCondition, minItems: 2 } },
        },
        factCondition,
      ],
    },
    examples: {
      type: 'object',
      additionalProperties: false,
      required: ['match', 'skip'],
      properties: { match: examples, skip: examples },
    },
    references: { type: 'array', items: { type: 'string', format: 'uri' } },
  },
} as const;
