import type { Evidence } from '../../../grader/api.ts';
import { shown } from '../../wording/wording.ts';
import { routes } from '../names.ts';
import { apiOf } from './api.ts';
import type { Context, LabCheck } from './context.ts';
import { methodsIn } from '../../rest-api/deployments.ts';

const promotion: LabCheck = {
  id: 'promotion',
  title: (text) => text.promotion.title,
  points: 5,
  needs: ['api'],
  verifiedOn: ['embedded'],
  requires: ['canaryPromotions'],
  hints: (text) => text.promotion.hints,
  async run(context) {
    const { text, clients } = context;
    const { id, stages } = apiOf(context);
    const { deploymentId, variables = {} } = stages.prod;
    const evidence = expectNoCanary(context);
    const methods = await methodsIn(clients.apigateway, id, deploymentId);
    if (methods !== undefined && !methods.has(routes.v2))
      context.fail({
        ...text.promotion.oldDeployment(deploymentId, routes.v2),
        expected: routes.v2,
        actual: [...methods].join(', '),
        evidence,
      });
    if (variables.alias !== 'green')
      context.fail({
        ...text.promotion.oldAlias(variables.alias ?? '?'),
        expected: 'green',
        actual: shown(variables.alias),
        evidence,
      });
  },
  configuration(context) {
    expectNoCanary(context);
    return Promise.resolve();
  },
};

/** Ends the check where `prod` still has its canary. @returns what `prod` is */
function expectNoCanary(context: Context): readonly Evidence[] {
  const { text } = context;
  const { deploymentId, variables = {}, canarySettings } = apiOf(context).stages.prod;
  const value = shown({ stageName: 'prod', deploymentId, variables, canarySettings });
  const evidence = [{ label: 'GetStage', value }];
  if (canarySettings !== undefined)
    context.fail({ ...text.promotion.canaryLeft(canarySettings.percentTraffic ?? 0), evidence });
  return evidence;
}

export const promotionChecks = { promotion };
