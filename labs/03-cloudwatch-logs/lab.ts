import { defineLab } from '../../grader/api.ts';
import { alarmChecks } from './checks/alarm.ts';
import { caseChecks } from './checks/case.ts';
import { checkoutChecks } from './checks/checkout.ts';
import { foundChecks } from './checks/found.ts';
import { functionChecks } from './checks/function.ts';
import { levelChecks } from './checks/levels.ts';
import { lineChecks } from './checks/lines.ts';
import { metricChecks } from './checks/metric.ts';
import { patternChecks } from './checks/pattern.ts';
import { queryChecks } from './checks/query.ts';
import { retentionChecks } from './checks/retention.ts';
import { names } from './names.ts';
import { en, ko, type Text } from './text.ts';

/*
 * How the case works, and why the grader needs to remember nothing for it: `checks/case.ts`. How a function's lines
 * are seen at every level without touching the function: `checks/copy.ts`. In which form a line may be: `checks/line.ts`.
 */
export const lab = defineLab<Text>({
  number: 3,
  slug: 'cloudwatch-logs',
  title: (text) => text.title,
  goal: (text) => text.goal,
  services: ['Amazon CloudWatch Logs', 'Amazon CloudWatch', 'AWS Lambda'],
  minutes: [45, 60],
  cost: (text) => text.cost,
  resources: {
    functions: [names.function, names.copy],
    roles: [names.role],
    logGroups: [names.logGroup, names.ownLogGroup, names.probeLogGroup],
    alarms: [names.alarm],
  },
  text: { en, ko },
  // In the order of the guide's steps: what a student does first is what turns green first.
  checks: [
    functionChecks.ready,
    checkoutChecks.checkout,
    foundChecks.found,
    lineChecks.line,
    lineChecks.card,
    levelChecks.levels,
    retentionChecks.retention,
    patternChecks.pattern,
    metricChecks.metric,
    alarmChecks.alarm,
    queryChecks.query,
    caseChecks.solved,
  ],
});
