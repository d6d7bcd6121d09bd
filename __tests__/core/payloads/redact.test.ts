import { describe, expect, test } from '@jest/globals';
import { kindOfSecret, redact } from '../../../src/core/payloads/redact.ts';

const uuid = '7d1f6a52-90b1-4c7e-8a55-3b2f0e5c9f2c';
const github = `ghp_${'a1B2'.repeat(9)}`;
const aws = 'wJalrXUtnFEMIaK7MDENGbPxRfiCYzzzzKEYzzzz';
const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.${'s5Kq'.repeat(6)}`;

describe('a secret in a place or of a format becomes its kind and last four characters', () => {
  test.each([
    ['bearer UUID', `curl -H "Authorization: Bearer ${uuid}" https://api.acme.com`, uuid, 'token …9f2c'],
    ['bare bearer', `http POST api.acme.com "X-Auth:Bearer ${uuid}"`, uuid, 'bearer token …9f2c'],
    ['Project-Access-Token', `curl -H 'Project-Access-Token: ${uuid}'`, uuid, 'Railway token …9f2c'],
    ['RAILWAY_TOKEN', `RAILWAY_TOKEN=${uuid} railway up`, uuid, 'Railway token …9f2c'],
    [
      'GitHub token',
      `git clone https://x-access-token:${github}@github.com/acme/orders.git`,
      github,
      'GitHub token …a1B2',
    ],
    [
      'GitHub fine-grained',
      `echo github_pat_${'11AB'.repeat(8)}`,
      `github_pat_${'11AB'.repeat(8)}`,
      'GitHub token …11AB',
    ],
    [
      'AWS access key',
      'aws configure set aws_access_key_id AKIAZQ3DR7XWZ4SAMPLE',
      'AKIAZQ3DR7XWZ4SAMPLE',
      'AWS access key …MPLE',
    ],
    ['AWS secret key', `AWS_SECRET_ACCESS_KEY=${aws} aws s3 ls`, aws, 'AWS secret key …zzzz'],
    ['AWS secret in a file', `aws_secret_access_key = ${aws}`, aws, 'AWS secret key …zzzz'],
    ['Stripe live', 'stripe --api-key sk_live_51Habcdefghijk', 'sk_live_51Habcdefghijk', 'Stripe live key …hijk'],
    ['Stripe test', 'curl -u sk_test_51Habcdefghijk:', 'sk_test_51Habcdefghijk', 'Stripe test key …hijk'],
    ['Slack', 'echo xoxb-123456789012-abcdefgh', 'xoxb-123456789012-abcdefgh', 'Slack token …efgh'],
    ['npm', `npm config set //registry/:_authToken npm_${'a'.repeat(36)}`, `npm_${'a'.repeat(36)}`, 'npm token …aaaa'],
    ['JWT', `curl -H "apikey: ${jwt}"`, jwt, 'JWT …s5Kq'],
    [
      'URL password',
      'psql postgres://ada:correct-horse-battery@db.acme.com/orders',
      'correct-horse-battery',
      'password …tery',
    ],
    [
      'URL password with @',
      'psql postgres://ada:p@ss-word-long@db.acme.com/orders',
      'p@ss-word-long',
      'password …long',
    ],
    ['short password', 'psql postgres://ada:hunter2@db.acme.com/orders', 'hunter2', '‹password›'],
    ['mysql -p', 'mysql -u root -phunter2 -e "DROP DATABASE orders"', 'hunter2', '‹password›'],
    ['mysqldump -p quoted', "mysqldump -p'hunt er2' orders", 'hunt er2', '‹password›'],
    ['redis-cli -a', 'redis-cli -h db.acme.com -a hunter2 FLUSHALL', 'hunter2', '‹password›'],
    ['sshpass -p', 'sshpass -p hunter2 ssh db.acme.com', 'hunter2', '‹password›'],
    ['PGPASSWORD', 'PGPASSWORD=hunter2 psql orders', 'hunter2', '‹password›'],
    ['MYSQL_PWD', 'MYSQL_PWD=hunter2 mysql orders', 'hunter2', '‹password›'],
    ['quoted assignment', 'export API_SECRET="two words"', 'two words', '‹secret›'],
    ['--password value', 'mongosh --username ada --password hunter2', 'hunter2', '‹password›'],
    ['--token=value', 'vercel --token=abcdefghijklmnop rm acme', 'abcdefghijklmnop', 'token …mnop'],
    ['JSON body', `curl -d '{"password":"hunter2"}' https://api.acme.com`, 'hunter2', '‹password›'],
    ['escaped JSON body', String.raw`curl -d "{\"client_secret\":\"hunter2\"}"`, 'hunter2', '‹secret›'],
    ['query parameter', 'curl "https://api.acme.com/v1?access_token=abcdef123456&x=1"', 'abcdef123456', 'token …3456'],
    ['curl -u', 'curl -u ada:hunter2 -X DELETE https://api.acme.com', 'hunter2', '‹password›'],
    ['cookie', 'curl -H "Cookie: session=abcdef123456"', 'session=abcdef123456', 'cookie …3456'],
    [
      'private key',
      `echo "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabcd\n-----END RSA PRIVATE KEY-----"`,
      'MIIEow',
      'private key',
    ],
  ])('%s', (_name, text, secret, mark) => {
    const result = redact(text, []);
    expect(result).not.toContain(secret);
    expect(result).toContain(mark);
  });
});

describe('a listed secret is found in every spelling', () => {
  const secret = 'tr0ub4dor&3/acme';
  test.each([
    ['as it is', `deploy ${secret}`, secret],
    ['twice', `${secret} ${secret}`, secret],
    ['percent-encoded', `curl https://a.b/?k=${encodeURIComponent(secret)}`, encodeURIComponent(secret)],
    ['percent-encoded in lower case', 'curl https://a.b/?k=tr0ub4dor%263%2facme', 'tr0ub4dor%263%2facme'],
    ['in base64 of user and secret', `curl -H "X: ${btoa(`ada:${secret}`)}"`, btoa(`ada:${secret}`)],
    [
      'in base64 without padding',
      `x ${btoa(`a:${secret}`).replace(/=+$/, '')} y`,
      btoa(`a:${secret}`).replace(/=+$/, ''),
    ],
  ])('%s', (_name, text, gone) => {
    expect(redact(text, [secret])).not.toContain(gone);
  });

  test('a secret inside another one leaves no rest behind', () => {
    expect(redact('echo abcdefgh12345678', ['abcdefgh12345678', 'efgh'])).toBe('echo ‹token …5678›');
  });
});

describe('text that holds no secret stays as it is', () => {
  test.each([
    'rm -rf ./dist',
    'railway volume delete --volume 3d2c42fb-1c1c-4f7a-9a55-0d6a3f1c7b11',
    'curl -H "Authorization: Bearer $RAILWAY_TOKEN" https://backboard.railway.app',
    'curl -H "Authorization: Bearer $(cat token)" https://api.acme.com',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: shell text
    'PGPASSWORD="${DB_PASSWORD}" psql orders',
    'TOKEN= curl https://api.acme.com',
    'psql --no-password orders',
    'PWD=/home/ada/acme OLDPWD=/tmp make',
    'sort --key 2 --sort-key=name',
    'mkdir -p /srv/acme && ssh -p 2222 db.acme.com',
    'aws dynamodb delete-item --key id',
    'MAX_TOKENS=4096 BYPASS=1 make test',
    'git clone https://github.com/acme/orders.git',
    'psql postgres://db.acme.com:5432/orders',
    'docker run -p 80:80 nginx',
    'SELECT password FROM users',
    '',
  ])('%s', (text) => {
    expect(redact(text, [])).toBe(text);
  });
});

test.each([
  `PGPASSWORD=hunter2 RAILWAY_TOKEN=${uuid} psql postgres://ada:hunter2@db/orders`,
  `curl -u ada:hunter2 -H "Authorization: Bearer ${uuid}" -d '{"token":"${github}"}'`,
])('redacting twice changes nothing: %s', (text) => {
  const once = redact(text, []);
  expect(redact(once, [])).toBe(once);
});

test.each([
  [github, 'GitHub token'],
  ['AKIAZQ3DR7XWZ4SAMPLE', 'AWS access key'],
  ['sk_live_51Habcdefghijk', 'Stripe live key'],
  [jwt, 'JWT'],
  [uuid, 'token'],
  ['hunter2', 'token'],
])('kind of %s', (value, kind) => {
  expect(kindOfSecret(value)).toBe(kind);
});

// Quadratic patterns would need hours for these; the test's own time limit is the assertion.
test.each([
  'eyJ',
  'a-',
  'A="',
  'mysql -p ',
  'x://',
  'ghp_',
  '-u a:',
  'Bearer ',
  'sk-ant-',
  '-----BEGIN PRIVATE KEY-----',
  'password ',
  '\\"a',
  'a.b_',
])('300 KB of %s end', (unit) => {
  expect(redact(unit.repeat(300_000 / unit.length), ['tr0ub4dor&3']).length).toBeGreaterThan(0);
});
