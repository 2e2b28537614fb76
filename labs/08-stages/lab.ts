import { defineLab } from '../../grader/api.ts';
import { readyCheck } from '../function-ready/check.ts';
import { aliasChecks } from './checks/alias.ts';
import { apartChecks } from './checks/apart.ts';
import { apiChecks } from './checks/api.ts';
import { canaryChecks } from './checks/canary.ts';
import { changelogChecks } from './checks/changelog.ts';
import { integrationChecks } from './checks/integration.ts';
import { permissionChecks } from './checks/permission.ts';
import { promotionChecks } from './checks/promotion.ts';
import { rollbackChecks } from './checks/rollback.ts';
import { stageChecks } from './checks/stages.ts';
import { togetherChecks } from './checks/together.ts';
import { variableChecks } from './checks/variables.ts';
import { versionChecks } from './checks/versions.ts';
import { names } from './names.ts';
import { en, ko, type Text } from './text.ts';

export const lab = defineLab<Text>({
  number: 8,
  slug: 'stages',
  title: (text) => text.title,
  goal: (text) => text.goal,
  services: ['Amazon API Gateway', 'AWS Lambda'],
  minutes: [40, 60],
  cost: (text) => text.cost,
  resources: {
    restApis: [names.api],
    functions: [names.function],
    roles: [names.role],
    logGroups: [names.logGroup],
  },
  text: { en, ko },
  // In the order of the guide's steps: what a student does first is what turns green first.
  checks: [
    readyCheck<Text>(5, [names.function]),
    apiChecks.api,
    integrationChecks.integration,
    variableChecks.variables,
    versionChecks.versions,
    permissionChecks.permission,
    aliasChecks.alias,
    promotionChecks.promotion,
    togetherChecks.together,
    rollbackChecks.rollback,
    canaryChecks.canary,
    stageChecks.stages,
    apartChecks.apart,
    apartChecks.draft,
    changelogChecks.changelog,
  ],
});
