// Questions as the tests ask them: the incident's, an ordinary one, and one that is too large for any screen.
import type { Question } from '../../../src/core/decide/question.ts';

export const volumeDelete: Question = {
  kind: 'ask',
  rule: 'railway/volume-delete',
  severity: 'critical',
  challenge: 'typed+factor',
  typed: 'acme-db-data',
  what: {
    title: 'Deletes a Railway volume and every backup stored in it',
    target: { kind: 'volume', name: 'acme-db-data' },
    details: [{ claim: '50 GB, 14 backups stored inside it', source: 'Railway API: volumeInstanceBackupList' }],
  },
  where: {
    environment: 'production',
    evidence: [{ claim: 'the volume is attached to production', source: 'Railway API: project(id)' }],
    scope: 'this session is for staging; this command hits production',
  },
  with: {
    kind: 'Railway API token',
    last4: '9f2c',
    foundIn: 'scripts/domains/.env:4',
    foreign: 'registered for the domain registrar',
  },
  why: 'The database files and their backups live in the volume.',
  undo: 'Railway keeps it 48 h; backups of the volume go with it',
  safer: 'railway volume backup create, copy it off the volume, then detach',
  command:
    'curl -X POST https://backboard.railway.app/graphql/v2 -H "Authorization: Bearer \u2039token \u20269f2c\u203a" -H "Content-Type: application/json" -d \'{"query":"mutation { volumeDelete(volumeId: \\"3d2c42fb-1c1c-4f7a-9a55-0d6a3f1c7b11\\") }"}\'',
  inner: undefined,
  cwd: '/home/ada/acme/storefront',
  origin: [],
  agent: undefined,
  further: [],
};

export const orders: Question = {
  ...volumeDelete,
  rule: 'postgres/drop-table',
  severity: 'high',
  challenge: 'confirm',
  typed: 'orders',
  what: { title: 'Drops a table', target: { kind: 'table', name: 'orders' }, details: [] },
  where: {
    environment: 'local',
    evidence: [{ claim: 'host is localhost', source: 'PGHOST from .env:3' }],
    scope: undefined,
  },
  with: undefined,
  undo: 'Only from a dump',
  safer: undefined,
  command: 'psql -c "DROP TABLE orders"',
};

const many = (count: number, text: string) => Array.from({ length: count }, (_, index) => `${text} ${index + 1}`);
const long =
  'a clause that goes on for longer than any terminal is wide, and then for as long again, and then some more';

/** Everything that can be shown, and all of it too long. */
export const worst: Question = {
  ...volumeDelete,
  what: {
    title: `Deletes ${long}`,
    target: { kind: 'volume', name: 'acme-db-data' },
    details: many(6, long).map((claim) => ({ claim, source: 'Railway API' })),
  },
  where: {
    environment: 'unknown',
    evidence: many(6, long).map((claim) => ({ claim, source: '.env.production:3' })),
    scope: `this session is for staging; ${long}`,
  },
  with: { kind: 'Railway API token', last4: '9f2c', foundIn: long, foreign: long },
  undo: long,
  safer: long,
  command: `${many(60, `railway volume delete --yes # ${long}`).join('\n')}\n# the end of it`,
  inner: `railway volume delete ${long}`,
  cwd: `/home/ada/${many(12, 'folder').join('/')}`,
  origin: many(9, 'scripts/reset.sh line'),
  agent: 'Claude Code',
  further: many(7, long),
};
