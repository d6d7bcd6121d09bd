// The AWS command line. Source: awscli global options, the reference of its s3 commands.
import { program as grammar } from '../program.ts';

export const program = grammar({
  names: 'aws awslocal',
  values:
    '--profile --region --output --query --endpoint-url --color --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-input-json --cli-input-yaml --cli-binary-format --exclude --include --acl --storage-class --sse',
  inert: '--dryrun --dry-run --generate-cli-skeleton',
  depth: 2,
});
