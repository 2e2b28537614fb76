import { defineLab } from '../../grader/api.ts';
import { readyCheck } from '../function-ready/check.ts';
import { apiChecks } from './checks/api.ts';
import { clientChecks } from './checks/clients.ts';
import { createChecks } from './checks/create.ts';
import { deployedChecks } from './checks/deployed.ts';
import { edgeChecks } from './checks/edge.ts';
import { listChecks } from './checks/list.ts';
import { originChecks } from './checks/origins.ts';
import { pathChecks } from './checks/paths.ts';
import { writeChecks } from './checks/write.ts';
import { names } from './names.ts';
import { en, ko, type Text } from './text.ts';

export const lab = defineLab<Text>({
  number: 7,
  slug: 'method-routing',
  title: (text) => text.title,
  goal: (text) => text.goal,
  services: ['Amazon API Gateway', 'AWS Lambda', 'Amazon DynamoDB'],
  minutes: [45, 60],
  cost: (text) => text.cost,
  resources: {
    restApis: [names.api],
    functions: [names.function, names.restFunction],
    roles: [names.role, names.restRole],
    tables: [names.table],
    logGroups: [names.logGroup, names.restLogGroup],
  },
  text: { en, ko },
  // In the order of the guide's steps: what a student does first is what turns green first.
  checks: [
    readyCheck(5, [names.function]),
    apiChecks.api,
    deployedChecks.deployed,
    listChecks.list,
    listChecks.missing,
    createChecks.create,
    writeChecks.replace,
    writeChecks.change,
    writeChecks.remove,
    clientChecks.clients,
    pathChecks.ids,
    pathChecks.specific,
    pathChecks.rest,
    edgeChecks.model,
    edgeChecks.parameter,
    originChecks.preflight,
    originChecks.errors,
  ],
});
