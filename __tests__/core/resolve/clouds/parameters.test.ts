// Manifests, input files and saved plans: what they hold stands in the place of the option that names them.
import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../../src/core/model/observation.ts';
import { behind, readingWorld, resolvedIn } from '../reading-world.ts';

const files = {
  '/home/ada/acme/shop.yaml':
    'kind: Namespace\nmetadata: {name: orders}\n---\nkind: StatefulSet\nmetadata: {name: db, namespace: orders}\n',
  '/home/ada/acme/list.json': '{"kind":"List","items":[{"kind":"Secret","metadata":{"name":"key"}}]}',
  '/home/ada/acme/deploy/a.yaml': 'kind: Service\nmetadata: {name: api}\n',
  '/home/ada/acme/base/kustomization.yaml': 'resources:\n  - ns.yaml\n  - https://acme.com/x.yaml\n',
  '/home/ada/acme/base/ns.yaml': 'kind: Namespace\nmetadata: {name: base}\n',
  '/home/ada/acme/over/kustomization.yaml': 'resources: [../base, ../over]\n',
  '/home/ada/acme/job.yaml':
    'kind: Job\nmetadata: {name: reset}\nspec: {template: {spec: {containers: [{command: [c1], args: [a]}]}}}\n',
  '/home/ada/acme/api.yaml':
    'kind: Deployment\nmetadata: {name: api}\nspec: {template: {spec: {containers: [{command: [c1]}]}}}\n',
  '/home/ada/acme/broken.yaml': 'kind: [',
  '/home/ada/acme/request.json': '{"DBInstanceIdentifier":"orders","SkipFinalSnapshot":true,"Deep":{"a":1}}',
  '/home/ada/acme/request.yaml': 'DBInstanceIdentifier: orders\nSkipFinalSnapshot: false\n',
  '/home/ada/acme/flags.yaml': '--project: acme-prod\n--quiet:\n',
  '/home/ada/acme/flag-list.yaml': '- --project: acme-prod\n- --quiet: true\n',
};

describe('kubectl', () => {
  test.each<[string, readonly string[]]>([
    [
      'kubectl --context prod delete -f shop.yaml',
      ['kubectl --context prod delete namespace/orders', 'kubectl --context prod -n orders delete statefulset/db'],
    ],
    ['kubectl delete -f list.json', ['kubectl delete secret/key']],
    ['kubectl delete -n shop -f deploy', ['kubectl -n shop delete service/api']],
    ['kubectl delete -f deploy/a.yaml,list.json', ['kubectl delete service/api', 'kubectl delete secret/key']],
    ['kubectl delete -k over', ['kubectl delete namespace/base']],
    [
      'cat shop.yaml | kubectl delete -f - -n x',
      ['kubectl delete -f - -n x', 'kubectl -n x delete namespace/orders', 'kubectl -n orders delete statefulset/db'],
    ],
    ['k3s kubectl delete -f list.json', ['kubectl delete secret/key']],
    ['kubectl replace --force -f deploy/a.yaml', ['kubectl delete service/api']],
    ['kubectl delete --raw /api/v1/namespaces/orders', ['kubectl delete namespaces orders']],
    ['kubectl delete --raw /api/v1/namespaces/orders/pods/a', ['kubectl -n orders delete pods a']],
    ['kubectl delete --raw /apis/apps/v1/namespaces/x/deployments', ['kubectl -n x delete deployments --all']],
    ['kubectl replace --raw /api/v1/namespaces/orders/finalize -f x', ['kubectl delete namespace orders']],
    ['kubectl apply -f job.yaml', ['c1 a']],
    ['kubectl apply -f api.yaml', []],
    ['kubectl apply -f shop.yaml', []],
    ['kubectl delete -f shop.yaml --dry-run=client', []],
    ['kubectl delete -f broken.yaml', []],
    ['kubectl delete -f https://acme.com/x.yaml', []],
    ['kubectl get -f shop.yaml', []],
    ['kubectl get --raw /api/v1/namespaces/orders', []],
  ])('%s', (command, expected) => expect(behind(command, readingWorld(files))).toEqual(expected));
});

describe('input files', () => {
  test.each<[string, readonly string[]]>([
    [
      'aws rds delete-db-instance --cli-input-json file://request.json',
      ['aws rds delete-db-instance --db-instance-identifier orders --skip-final-snapshot --deep {"a":1}'],
    ],
    [
      'aws --region eu-1 rds delete-db-instance --cli-input-yaml=file://request.yaml',
      ['aws --region eu-1 rds delete-db-instance --db-instance-identifier orders --no-skip-final-snapshot'],
    ],
    [`aws s3api delete-bucket --cli-input-json '{"Bucket":"acme"}'`, ['aws s3api delete-bucket --bucket acme']],
    [
      'gcloud sql instances delete orders --flags-file=flags.yaml',
      ['gcloud sql instances delete orders --project acme-prod --quiet'],
    ],
    [
      'gcloud sql instances list --flags-file flag-list.yaml',
      ['gcloud sql instances list --project acme-prod --quiet'],
    ],
    ['aws rds delete-db-instance --cli-input-json file://gone.json', []],
    ['aws s3 cp --metadata \'{"a":"b"}\' x s3://acme/x', []],
    ['aws rds describe-db-instances', []],
  ])('%s', (command, expected) =>
    expect(
      behind(command, readingWorld(files)).map((line) => line.replaceAll('\\"', '"').replace(/"(\{.*\})"/, '$1')),
    ).toEqual(expected),
  );
});

describe('saved plans', () => {
  /** One field of a message; all numbers here are below 128. */
  const field = (number: number, value: string | number): string =>
    typeof value === 'number'
      ? String.fromCharCode(number * 8, value)
      : String.fromCharCode(number * 8 + 2, value.length) + value;
  const change = (address: string, action: number) =>
    field(3, field(13, address) + field(8, 'provider') + field(9, action === 0 ? '' : field(1, action)));
  const plan = (...changes: string[]): Answer => ({
    kind: 'text',
    text: field(1, 3) + changes.join('') + field(14, '1.9.0'),
  });
  const world = (answer: Answer) =>
    readingWorld({}, { '/home/ada/acme/tfplan#tfplan': answer, '/home/ada/acme/infra/tfplan#tfplan': answer });

  test.each<[string, Answer, readonly string[]]>([
    ['terraform apply tfplan', plan(change('aws_db_instance.a', 5)), ['terraform destroy -target=aws_db_instance.a']],
    ['tofu apply -auto-approve tfplan', plan(change('a.b', 6)), ['tofu apply -replace=a.b']],
    [
      'terraform -chdir=infra apply tfplan',
      plan(change('a.b', 7), change('c.d', 5)),
      ['terraform destroy -target=c.d', 'terraform apply -replace=a.b'],
    ],
    ['terraform apply tfplan', plan(change('a.b', 1), change('c.d', 3), change('e.f', 0)), []],
    ['terraform apply', plan(change('a.b', 5)), []],
    ['terraform show tfplan', plan(change('a.b', 5)), []],
  ])('%s', (command, answer, expected) => expect(behind(command, world(answer))).toEqual(expected));

  test.each<[string, Answer, readonly string[]]>([
    ['terraform apply tfplan', { kind: 'failed', reason: 'off', detail: 'off' }, ['unread-program']],
    ['terraform apply tfplan', { kind: 'text', text: 'not a plan' }, ['unread-program']],
    ['terraform apply tfplan', { kind: 'absent' }, []],
    ['terraform apply tfplan', plan(change('a.b', 1)), []],
  ])('%s: %j', (command, answer, expected) =>
    expect(resolvedIn(command, world(answer)).opaque.map(({ reason }) => reason)).toEqual(expected),
  );
});
