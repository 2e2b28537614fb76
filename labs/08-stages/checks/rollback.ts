import { expectStatus, isUnknown } from '../../rest-api/gateway-answer.ts';
import { shown } from '../../wording/wording.ts';
import { routes, trialStages } from '../names.ts';
import { apiOf } from './api.ts';
import { pathOf } from './ask.ts';
import type { Context, LabCheck } from './context.ts';
import { deploymentsOf, methodsIn, timeOf, type Kept } from '../../rest-api/deployments.ts';
import { isFrom, otherThan, releaseIn } from './release.ts';
import { isV1, purchaseOf } from './together.ts';
import { replace, withTrialStage } from './trial-stage.ts';
import { versionsOf } from './versions.ts';

/** What the check `rollback` has found: the deployment of the first release. */
export const oldDeploymentOf = (context: Context): string => context.from<string>('rollback');

/** Of more deployments than a course makes, only the newest are looked into. */
const mostLookedInto = 20;

const rollback: LabCheck = {
  id: 'rollback',
  title: (text) => text.rollback.title,
  points: 5,
  needs: ['permission', 'promotion'],
  verifiedOn: ['embedded'],
  requires: ['deploymentSnapshots', 'stageVariableUris'],
  hints: (text) => text.rollback.hints,
  /** @returns the id of the deployment that a way back leads to */
  async run(context): Promise<string> {
    const { stages } = apiOf(context);
    const old = await oldDeployment(context);
    const { deploymentId, variables } = stages.prod;
    // As `prod` is now, and then back: by the id of the deployment and the alias that goes with it.
    await withTrialStage(context, trialStages.rollback, { deploymentId, variables }, async (trial) => {
      await trial.update(replace('/deploymentId', old), replace('/variables/alias', 'blue'));
      const { text } = context;
      const version = versionsOf(context).blue;
      const release = () => trial.ask(pathOf(routes.release));
      const other = await otherThan(context, 2, release, (answer) => isFrom(answer, 'blue', version));
      if (other !== undefined) {
        expectStatus(context, `${routes.release} (${old})`, other, 200);
        context.fail({
          ...text.rollback.other(old),
          expected: shown({ alias: 'blue', version }),
          actual: shown(releaseIn(other)),
          evidence: other.evidence,
        });
      }
      const purchase = purchaseOf(context);
      const v1 = await trial.ask(`${pathOf(routes.v1)}${purchase.query}`);
      if (!isV1(v1, purchase)) {
        expectStatus(context, `${routes.v1} (${old})`, v1, 200);
        const expected = shown({ item: purchase.item, total: purchase.total });
        context.fail({ ...text.rollback.v1(old), expected, actual: v1.text, evidence: v1.evidence });
      }
      const v2 = await trial.ask(`${pathOf(routes.v2)}${purchase.query}`);
      if (!isUnknown(v2)) context.fail({ ...text.rollback.v2(old), evidence: v2.evidence });
    });
    return old;
  },
  async configuration(context) {
    // Where a canary cannot be promoted, `prod` may still be at the very deployment that is looked for.
    await oldDeployment(context, { orItself: !(await context.can('canaryPromotions')) });
  },
};

/** The newest deployment before the one of `prod` that has /v1 and no /v2. @param orItself that one, too */
async function oldDeployment(context: Context, { orItself = false } = {}): Promise<string> {
  const { clients, text } = context;
  const { id, stages } = apiOf(context);
  const all = await deploymentsOf(clients.apigateway, id);
  const now = all.find((deployment) => deployment.id === stages.prod.deploymentId);
  const before = all.filter(
    (deployment) =>
      (orItself || deployment.id !== now?.id) && (now === undefined || timeOf(deployment) <= timeOf(now)),
  );
  let untold: Kept | undefined;
  for (const deployment of before.slice(0, mostLookedInto)) {
    const methods = await methodsIn(clients.apigateway, id, deployment.id);
    // Where the server does not tell what is in it, the oldest will be the first release.
    if (methods === undefined) untold = deployment;
    else if (methods.has(routes.v1) && !methods.has(routes.v2)) return deployment.id;
  }
  if (untold !== undefined) return untold.id;
  return context.fail({
    ...text.rollback.none,
    evidence: [
      {
        label: 'GetDeployments',
        value: shown(
          all.map(({ id: deployment, description, createdDate }) => ({
            id: deployment,
            description,
            createdDate,
          })),
        ),
      },
    ],
  });
}

export const rollbackChecks = { rollback };
