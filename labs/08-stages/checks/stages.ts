import { shown } from '../../wording/wording.ts';
import { apiOf } from './api.ts';
import type { LabCheck } from './context.ts';

const stages: LabCheck = {
  id: 'stages',
  title: (text) => text.stages.title,
  points: 5,
  needs: ['api'],
  verifiedOn: ['embedded'],
  hints: (text) => text.stages.hints,
  run(context) {
    const { dev, prod } = apiOf(context).stages;
    if (dev.deploymentId === prod.deploymentId)
      context.fail({
        ...context.text.stages.same(dev.deploymentId),
        actual: shown({ dev: dev.deploymentId, prod: prod.deploymentId }),
      });
    return Promise.resolve();
  },
};

export const stageChecks = { stages };
