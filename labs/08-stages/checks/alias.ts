import type { HttpAnswer } from '../../../grader/api.ts';
import { expectStatus } from '../../rest-api/gateway-answer.ts';
import { shown } from '../../wording/wording.ts';
import { aliases, routes, stageNames, trialStages, type Alias } from '../names.ts';
import { apiOf } from './api.ts';
import { ask, askSettled, pathOf } from './ask.ts';
import type { Context, LabCheck } from './context.ts';
import { isFrom, otherThan, releaseIn } from './release.ts';
import { withTrialStage } from './trial-stage.ts';
import { versionsOf } from './versions.ts';

const isAlias = (value: string): value is Alias => aliases.some((alias) => alias === value);

const alias: LabCheck = {
  id: 'alias',
  title: (text) => text.alias.title,
  points: 5,
  needs: ['permission'],
  verifiedOn: ['embedded'],
  requires: ['stageVariableUris'],
  hints: (text) => text.alias.hints,
  async run(context) {
    const { stages } = apiOf(context);
    for (const stage of stageNames) {
      const value = variableOf(context, stage);
      const route = `${routes.release} (${stage})`;
      await askSettled(context, stage, pathOf(routes.release));
      await answersBy(context, route, value, () => ask(context, stage, pathOf(routes.release)));
    }
    // The same deployment, and another value of its variable.
    const { deploymentId, variables = {} } = stages.prod;
    const other = variables.alias === 'blue' ? 'green' : 'blue';
    const settings = { deploymentId, variables: { ...variables, alias: other } };
    await withTrialStage(context, trialStages.alias, settings, (trial) =>
      answersBy(context, routes.release, other, () => trial.ask(pathOf(routes.release))),
    );
  },
  configuration(context) {
    for (const stage of stageNames) variableOf(context, stage);
    return Promise.resolve();
  },
};

/** The alias that a stage's variable names. */
function variableOf(context: Context, stage: (typeof stageNames)[number]): Alias {
  const { text } = context;
  const { variables = {} } = apiOf(context).stages[stage];
  const value = variables.alias;
  const evidence = [{ label: 'GetStage', value: shown({ stageName: stage, variables }) }];
  if (value === undefined)
    return context.fail({ ...text.alias.notSet(stage), expected: 'blue | green', evidence });
  if (!isAlias(value))
    return context.fail({
      ...text.alias.noSuch(stage, value),
      expected: 'blue | green',
      actual: value,
      evidence,
    });
  return value;
}

/** Ends the check where another alias or another version answers. */
async function answersBy(
  context: Context,
  route: string,
  alias: Alias,
  askOnce: () => Promise<HttpAnswer>,
): Promise<void> {
  const version = versionsOf(context)[alias];
  const other = await otherThan(context, 2, askOnce, (answer) => isFrom(answer, alias, version));
  if (other === undefined) return;
  expectStatus(context, route, other, 200);
  context.fail({
    ...context.text.alias.other(alias, version),
    expected: shown({ alias, version }),
    actual: shown(releaseIn(other)),
    evidence: other.evidence,
  });
}

export const aliasChecks = { alias };
