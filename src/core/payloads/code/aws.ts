// The AWS SDKs: their operations are those of the AWS CLI, so a call stands for the command of the same name.
import { staticWord, textOf, type Word } from '../../model/word.ts';
import { type Value, wordOf } from './value.ts';

/** Services that the CLI calls otherwise than the SDKs. */
const services: Readonly<Record<string, string>> = {
  s3: 's3api',
  cloudwatchlogs: 'logs',
  cognitoidentityprovider: 'cognito-idp',
  elasticloadbalancingv2: 'elbv2',
  elasticloadbalancing: 'elb',
  databasemigrationservice: 'dms',
  sfn: 'stepfunctions',
  opensearchservice: 'opensearch',
};

/** `DBInstanceIdentifier`, `dbInstanceIdentifier` and `db_instance_identifier` as `db-instance-identifier`. */
const dashed = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();

/**
 * The words of the command that an operation stands for. Source: AWS CLI command reference; option names are the
 * members' names with dashes, and booleans are switches.
 */
export function awsCommand(service: string, operation: string, given: ReadonlyMap<string, Value>): readonly Word[] {
  const name = service.toLowerCase();
  const options = [...given].flatMap(([key, value]): readonly Word[] => {
    const word = wordOf(value);
    const flag = dashed(key);
    const known = textOf(word);
    if (known === 'true') return [staticWord(`--${flag}`)];
    if (known === 'false') return [staticWord(`--no-${flag}`)];
    return [staticWord(`--${flag}`), word];
  });
  return [staticWord('aws'), staticWord(services[name] ?? name), staticWord(dashed(operation)), ...options];
}
