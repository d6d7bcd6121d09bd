// Cloud: calls of the AWS SDK, which are named like the commands of the AWS CLI.
import { dynamicWord, joinWords, staticWord } from '../../../../model/word.ts';
import { awsCommand } from '../../aws.ts';
import { list, named, unknown, type Value, wordOf } from '../../value.ts';
import type { Call } from '../calls.ts';
import { nil } from '../model.ts';
import { plainText } from '../plain.ts';

/** `Aws::RDS::Client.new.delete_db_instance(db_instance_identifier: "orders")` as `aws rds delete-db-instance ...`. */
export function cloudCall(
  { name, receiver, given, ruby }: Call,
  base: string | undefined,
  via: string,
): Value | undefined {
  const service = /^Aws::(\w+)::(Client|Resource|Bucket)(\(\))?$/.exec(base ?? '');
  if (service === null || receiver?.kind !== 'name') return undefined;
  const [, api = '', kind, isInstance] = service;
  if (isInstance === undefined) return undefined;
  if (kind === 'Resource') return name === 'bucket' ? named('Aws::S3::Bucket()', given) : unknown(via);
  if (kind === 'Bucket') return bucketCall({ name, receiver, ruby }, via);
  const [first] = given.positional;
  const words = awsCommand(api, name, first?.kind === 'table' ? first.entries : given.named);
  ruby.record(via, { kind: 'words', words });
  return unknown(via);
}

function bucketCall(
  { name, receiver, ruby }: Pick<Call, 'name' | 'receiver' | 'ruby'>,
  via: string,
): Value | undefined {
  const bucket = receiver?.kind === 'name' ? receiver.made?.positional[0] : undefined;
  const entries = new Map(bucket === undefined ? [] : [['bucket', plainText(bucket)]]);
  if (name === 'delete' || name === 'delete!') {
    ruby.record(via, { kind: 'words', words: awsCommand('S3', 'delete_bucket', entries) });
    return nil;
  }
  if (name === 'clear!') {
    const url = joinWords([staticWord('s3://'), bucket === undefined ? dynamicWord('…') : wordOf(plainText(bucket))]);
    ruby.record(via, {
      kind: 'words',
      words: [...['aws', 's3', 'rm', '--recursive'].map((word) => staticWord(word)), url],
    });
    return nil;
  }
  return name === 'objects'
    ? list([named('Aws::S3::Object()', { positional: [], named: entries })], false)
    : unknown(via);
}
