import { defineLab } from '../../grader/api.ts';
import { answerChecks } from './checks/answer.ts';
import { followChecks } from './checks/follows.ts';
import { functionChecks } from './checks/function.ts';
import { nameChecks } from './checks/names.ts';
import { packageChecks } from './checks/package.ts';
import { pureChecks } from './checks/pure.ts';
import { roleChecks } from './checks/role.ts';
import { names } from './names.ts';
import { en, ko, type Text } from './text.ts';

export const lab = defineLab<Text>({
  number: 1,
  slug: 'first-handler',
  title: (text) => text.title,
  goal: (text) => text.goal,
  services: ['AWS Lambda', 'AWS IAM', 'Amazon CloudWatch Logs'],
  minutes: [30, 60],
  cost: (text) => text.cost,
  resources: {
    functions: [names.function, names.copy],
    roles: [names.role],
    logGroups: [names.logGroup, names.copyLogGroup],
  },
  text: { en, ko },
  // In the order of the guide's steps: what a student does first is what turns green first.
  checks: [
    functionChecks.ready,
    packageChecks.pack,
    packageChecks.signature,
    roleChecks.trust,
    pureChecks.pure,
    answerChecks.result,
    answerChecks.greeting,
    nameChecks.stateless,
    nameChecks.defaultName,
    answerChecks.context,
    nameChecks.invalidName,
    functionChecks.configuration,
    followChecks.follows,
    followChecks.language,
    roleChecks.permissions,
  ],
});
