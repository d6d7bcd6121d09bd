// Makes V8's code cache for the evaluator: judges a line of ordinary shell, and keeps the code that this took.
import { loadEvaluator, writeCache } from './run/evaluator.ts';

const ordinary = `cd "$HOME" && git status --short | head -n 5; for f in src/*.ts; do [[ -f $f ]] && echo "$(basename "$f")" >> /tmp/list; done`;

const dist = import.meta.dirname;
process.argv.splice(2, process.argv.length, 'guard-sh', '-c', ordinary);
const evaluator = loadEvaluator(dist, false);
process.once('exit', () => writeCache(dist, evaluator.cache()));
evaluator.run();
