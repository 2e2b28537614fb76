import type { HttpAnswer } from '../../../grader/api.ts';
import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { shown } from '../../wording/wording.ts';
import { routes, trialStages, type Alias } from '../names.ts';
import { apiOf } from './api.ts';
import { pathOf } from './ask.ts';
import type { Context, LabCheck } from './context.ts';
import { isFrom, otherThan, releaseIn } from './release.ts';
import { oldDeploymentOf } from './rollback.ts';
import { replace, withTrialStage, type TrialStage } from './trial-stage.ts';
import { versionsOf } from './versions.ts';

/** So many answers alike stand for all of them. */
const timesAlike = 12;
/** At one half, all of so many go one way by chance in one case of 2^39. */
const timesMixed = 40;

const canary: LabCheck = {
  id: 'canary',
  title: (text) => text.canary.title,
  points: 10,
  needs: ['alias', 'rollback'],
  verifiedOn: ['embedded'],
  requires: ['canaryReleases'],
  hints: (text) => text.canary.hints,
  /** The release of `prod` as the canary of the one before: the student's own pair of deployments and aliases. */
  async run(context) {
    const { deploymentId, variables } = apiOf(context).stages.prod;
    const settings = {
      deploymentId: oldDeploymentOf(context),
      variables: { ...variables, alias: 'blue' },
      canarySettings: { deploymentId, percentTraffic: 0, stageVariableOverrides: { alias: 'green' } },
    };
    await withTrialStage(context, trialStages.canary, settings, async (trial) => {
      await allFrom(context, trial, 'blue', context.text.canary.atZero);
      await trial.update(replace('/canarySettings/percentTraffic', '50'));
      await fromBoth(context, trial);
      await trial.update(replace('/canarySettings/percentTraffic', '100'));
      await allFrom(context, trial, 'green', context.text.canary.atHundred);
      await trial.update(
        { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
        { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
      );
      await trial.update({ op: 'remove', path: '/canarySettings' });
      await allFrom(context, trial, 'green', context.text.canary.promoted);
    });
  },
};

const releaseOf = (trial: TrialStage) => () => trial.ask(pathOf(routes.release));

/** Ends the check where an answer does not come from this alias. */
async function allFrom(
  context: Context,
  trial: TrialStage,
  alias: Alias,
  sentence: { readonly why: string; readonly next: string },
): Promise<void> {
  const version = versionsOf(context)[alias];
  const other = await otherThan(context, timesAlike, releaseOf(trial), (answer) =>
    isFrom(answer, alias, version),
  );
  if (other === undefined) return;
  expectStatus(context, routes.release, other, 200);
  context.fail({
    ...sentence,
    expected: shown({ alias, version }),
    actual: shown(releaseIn(other)),
    evidence: other.evidence,
  });
}

/** Ends the check where at one half not both of them answer. */
async function fromBoth(context: Context, trial: TrialStage): Promise<void> {
  const versions = versionsOf(context);
  const seen = new Set<Alias>();
  let last: HttpAnswer | undefined;
  await context.until('deployment', async () => {
    for (let count = 0; count < timesMixed && seen.size < 2; count += 1) {
      const answer = await releaseOf(trial)();
      last = answer;
      for (const alias of ['blue', 'green'] as const)
        if (isFrom(answer, alias, versions[alias])) seen.add(alias);
    }
    return seen.size === 2 ? true : undefined;
  });
  if (seen.size === 2 || last === undefined) return;
  expectStatus(context, routes.release, last, 200);
  context.fail({
    ...context.text.canary.atHalf,
    expected: 'blue, green',
    actual: [...seen].join(', '),
    evidence: last.evidence,
  });
}

export const canaryChecks = { canary };
