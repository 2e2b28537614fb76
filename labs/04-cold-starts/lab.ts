import { defineLab } from '../../grader/api.ts';
import { aliasChecks } from './checks/alias.ts';
import { answerChecks } from './checks/answers.ts';
import { bootChecks } from './checks/boot.ts';
import { callerChecks } from './checks/callers.ts';
import { countChecks } from './checks/counts.ts';
import { functionChecks } from './checks/function.ts';
import { initChecks } from './checks/init.ts';
import { killChecks } from './checks/kill.ts';
import { timerChecks } from './checks/timer.ts';
import { trafficChecks } from './checks/traffic.ts';
import { measure } from './measure.ts';
import { names } from './names.ts';
import { en, ko, type Text } from './text.ts';

export const lab = defineLab<Text>({
  number: 4,
  slug: 'cold-starts',
  title: (text) => text.title,
  goal: (text) => text.goal,
  services: ['AWS Lambda', 'Amazon DynamoDB', 'Amazon CloudWatch Logs', 'AWS IAM'],
  minutes: [30, 60],
  cost: (text) => text.cost,
  resources: {
    functions: [names.function, names.kill, names.graded, names.measured],
    roles: [names.role],
    tables: [names.table],
    logGroups: [names.logGroup, names.killLogGroup],
  },
  text: { en, ko },
  // In the order of the guide's steps: what a student does first is what turns green first.
  checks: [
    functionChecks.ready,
    trafficChecks.calls,
    callerChecks.callers,
    timerChecks.timer,
    initChecks.init,
    countChecks.counts,
    countChecks.atOnce,
    bootChecks.boot,
    bootChecks.cold,
    aliasChecks.version,
    aliasChecks.provisioned,
    killChecks.kill,
    answerChecks.answers,
  ],
  measure,
});
