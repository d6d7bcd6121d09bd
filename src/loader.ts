// What the launcher starts: loads the evaluator as fast as it can and hands over to it.
import { loadEvaluator } from './run/evaluator.ts';

loadEvaluator(import.meta.dirname).run();
