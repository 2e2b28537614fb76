import { defineLab } from '../../grader/api.ts';
import { readyCheck } from '../function-ready/check.ts';
import { apiChecks } from './checks/api.ts';
import { contractChecks } from './checks/contract.ts';
import { deployedChecks } from './checks/deployed.ts';
import { echoChecks } from './checks/echo.ts';
import { healthChecks } from './checks/health.ts';
import { helloChecks } from './checks/hello.ts';
import { integrationChecks } from './checks/integration.ts';
import { permissionChecks } from './checks/permission.ts';
import { unknownChecks } from './checks/unknown.ts';
import { names } from './names.ts';
import { en, ko, type Text } from './text.ts';

export const lab = defineLab<Text>({
  number: 5,
  slug: 'api-gateway',
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
    readyCheck(5, [names.function]),
    apiChecks.api,
    integrationChecks.integration,
    unknownChecks.unknown,
    permissionChecks.permission,
    contractChecks.contract,
    helloChecks.hello,
    echoChecks.echo,
    echoChecks.tags,
    echoChecks.binary,
    healthChecks.health,
    deployedChecks.deployed,
  ],
});
