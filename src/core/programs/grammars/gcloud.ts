// The Google Cloud command line. Source: cloud.google.com/sdk/gcloud/reference.
import { program as grammar } from '../program.ts';

export const program = grammar({
  names: 'gcloud',
  values:
    '--project --account --configuration --region --zone --location --format --filter --flags-file --impersonate-service-account --billing-project --verbosity --trace-token --access-token-file --cluster --instance --database --keyring --keystore --key --service --version --secret --topic --limit --sort-by --organization --folder',
  aliases: '-q=--quiet -r=--recursive -R=--recursive',
  inert: '--dry-run --validate-only -h',
  depth: 6,
  // Release tracks stand in front of the groups.
  canonical: (words) => (['alpha', 'beta', 'preview'].includes(words[0] ?? '') ? words.slice(1) : words),
});
