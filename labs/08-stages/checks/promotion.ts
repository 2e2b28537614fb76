import { shown } from '../../wording/wording.ts';
import { routes } from '../names.ts';
import { apiOf } from './api.ts';
import type { LabCheck } from './context.ts';
import { methodsIn } from './deployments.ts';

const promotion: LabCheck = {
  id: 'promotion',
  title: (text) => text.promotion.title,
  points: 5,
  needs: ['api'],
  verifiedOn: ['embedded'],
  hints: (text) => text.promotion.hints,
  async run(context) {
    const { text, clients } = context;
    const { id, stages } = apiOf(context);
    const { deploymentId, variables = {}, canarySettings } = stages.prod;
    const label = 'GetStage';
    const evidence = [
      { label, value: shown({ stageName: 'prod', deploymentId, variables, canarySettings }) },
    ];
    if (canarySettings !== undefined)
      context.fail({ ...text.promotion.canaryLeft(canarySettings.percentTraffic ?? 0), evidence });
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
};

export const promotionChecks = { promotion };
