// Loss: what would be gone for good, by what git keeps, what can be made again and when it was made.
import type { Hit, Loss, Nature } from '../../model/fact.ts';
import type { GitPaths, RepositoryState, Survey } from '../../model/observation.ts';
import { natureOfName } from '../nature.ts';
import { answerOf, type Ground, isLeftover } from './ground.ts';

/** What a deletion or a write would lose; `nothing` where it is known to lose nothing. */
export type Judgement =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'hit';
      readonly loss: Loss | undefined;
      /** Where a look shows that the name said too much or too little. */
      readonly nature: Nature | undefined;
      readonly hit: Hit;
    };

export const unseen: Hit = {
  real: undefined,
  files: undefined,
  more: false,
  unsaved: undefined,
  inGit: false,
  mounts: [],
  repository: undefined,
};

const hitOf = (loss: Loss | undefined, hit: Partial<Hit>, nature?: Nature): Judgement => ({
  kind: 'hit',
  loss,
  nature,
  hit: { ...unseen, ...hit },
});

/** More repositories than this are not looked into. */
const maxRepositories = 5;

/**
 * What deleting the paths would lose.
 * @param doubted a folder whose name says that it can be made again, and that nothing else says so of
 */
export function lossOfDeletion(paths: readonly string[], ground: Ground, doubted?: string): Judgement {
  const survey = answerOf(ground, { kind: 'survey', paths }, 'survey');
  if (survey === undefined) return hitOf(undefined, {});
  if (survey.complete && survey.files === 0) return { kind: 'nothing' };
  const counted = { files: survey.files, more: !survey.complete };
  if (survey.complete && isOfSession(survey.born, ground)) return hitOf('session', counted);
  if (survey.repositories.length > 0) return lossOfRepositories(paths, survey, counted, ground);
  return lossByGit(paths, survey, counted, doubted, ground);
}

/** Whether something was made since the agent was started. Who made it, nobody can tell. */
function isOfSession(born: number | undefined, ground: Ground): boolean {
  if (born === undefined) return false;
  const start = answerOf(ground, { kind: 'session' }, 'time');
  return start !== undefined && born > start.at;
}

function lossOfRepositories(
  paths: readonly string[],
  survey: Survey,
  counted: Partial<Hit>,
  ground: Ground,
): Judgement {
  for (const path of survey.repositories.slice(0, maxRepositories)) {
    const state = answerOf(ground, { kind: 'repository', path }, 'repository');
    if (state === undefined) continue;
    // Without its `.git` a working tree still stands.
    const held = paths.includes(`${path}/.git`) ? { ...state, uncommitted: 0 } : state;
    const { uncommitted, unpushed, stashed } = held;
    if (holdsWork(held))
      return hitOf('repository', { ...counted, repository: { path, uncommitted, unpushed, stashed } });
  }
  return hitOf('work', counted);
}

const holdsWork = ({ uncommitted, unpushed, stashed }: RepositoryState): boolean =>
  uncommitted > 0 || unpushed > 0 || stashed;

function lossByGit(
  paths: readonly string[],
  survey: Survey,
  counted: Partial<Hit>,
  doubted: string | undefined,
  ground: Ground,
): Judgement {
  const answer = ground.world.ask({ kind: 'git-paths', paths });
  if (answer?.kind === 'absent') return lossOutsideGit(survey, counted, doubted, ground);
  if (answer?.kind !== 'git-paths') return hitOf(undefined, counted);
  const missed = notKept(answer, doubted, ground);
  const unsaved = answer.modified + missed.length;
  const seen = { ...counted, inGit: true, unsaved };
  if (answer.submodules || !answer.complete || unsaved > 0) return hitOf('work', seen, worstOf(missed));
  if (answer.tracked > 0) return hitOf('committed', seen);
  const isRemade = answer.untracked.length + answer.ignored.length > 0;
  return isRemade ? hitOf(undefined, seen, 'build') : hitOf('work', seen);
}

/** Files that git does not keep and that somebody would miss. */
const notKept = ({ untracked, ignored }: GitPaths, doubted: string | undefined, ground: Ground): readonly string[] =>
  [...untracked, ...ignored].filter((path) => !isLeftover(path, doubted, ground));

function lossOutsideGit(survey: Survey, counted: Partial<Hit>, doubted: string | undefined, ground: Ground): Judgement {
  const all = survey.complete && survey.names.length === survey.files;
  if (all && survey.names.every((path) => isLeftover(path, doubted, ground))) return hitOf(undefined, counted, 'build');
  return hitOf('work', counted, worstOf(survey.names));
}

/** Natures that make a folder more than a folder, the worst first. */
const worst: readonly Nature[] = ['backup', 'database', 'state', 'secret'];

function worstOf(paths: readonly string[]): Nature | undefined {
  const natures = new Set(paths.map((path) => natureOfName(path, true)));
  return worst.find((nature) => natures.has(nature));
}

/** What writing over a file would lose. */
export function lossOfWriting(path: string, born: number | undefined, ground: Ground): Judgement {
  const one = { files: 1 };
  if (isOfSession(born, ground)) return hitOf('session', one);
  const answer = ground.world.ask({ kind: 'git-paths', paths: [path] });
  if (answer?.kind === 'absent') return hitOf('work', one);
  if (answer?.kind !== 'git-paths') return hitOf(undefined, one);
  const isKept = answer.tracked > 0 && answer.modified === 0;
  return hitOf(isKept ? 'committed' : 'work', { ...one, inGit: true, unsaved: isKept ? 0 : 1 });
}

/** What unpacking into a folder could write over: which names are in the archive is not known. */
export function lossOfUnpacking(path: string, ground: Ground): Judgement {
  const survey = answerOf(ground, { kind: 'survey', paths: [path] }, 'survey');
  if (survey === undefined) return hitOf(undefined, {});
  const counted = { files: survey.files, more: !survey.complete };
  if (survey.complete && survey.files === 0) return { kind: 'nothing' };
  return hitOf(survey.complete && isOfSession(survey.born, ground) ? 'session' : 'edited', counted);
}
