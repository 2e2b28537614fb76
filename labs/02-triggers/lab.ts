import { defineLab } from '../../grader/api.ts';
import { answerChecks } from './checks/answers.ts';
import { batchChecks } from './checks/batch.ts';
import { changeChecks } from './checks/changes.ts';
import { intakeChecks } from './checks/intake.ts';
import { queueChecks } from './checks/queue.ts';
import { repeatChecks } from './checks/repeats.ts';
import { roleChecks } from './checks/roles.ts';
import { ruleChecks } from './checks/rule.ts';
import { scheduleChecks } from './checks/schedule.ts';
import { streamChecks } from './checks/stream.ts';
import { trafficChecks } from './checks/traffic.ts';
import { uploadChecks } from './checks/uploads.ts';
import { names } from './names.ts';
import { en, ko, type Text } from './text.ts';

const functions = [...Object.values(names.functions), names.clicks];

export const lab = defineLab<Text>({
  number: 2,
  slug: 'triggers',
  title: (text) => text.title,
  goal: (text) => text.goal,
  services: [
    'AWS Lambda',
    'Amazon S3',
    'Amazon SQS',
    'Amazon DynamoDB Streams',
    'Amazon EventBridge',
    'EventBridge Scheduler',
  ],
  minutes: [45, 60],
  cost: (text) => text.cost,
  resources: {
    functions,
    roles: [...functions.map((name) => `${name}-role`), names.scheduleRole],
    logGroups: functions.map((name) => `/aws/lambda/${name}`),
    buckets: [names.bucket],
    queues: [names.queue, names.deadLetters],
    tables: [...Object.values(names.tables), names.clicks],
    streams: [names.clicks],
    rules: [names.rule],
    schedules: [names.schedule],
  },
  text: { en, ko },
  // In the order of the guide's steps: what a student does first is what turns green first.
  checks: [
    intakeChecks.ready,
    intakeChecks.permission,
    intakeChecks.notification,
    trafficChecks.testOrders,
    uploadChecks.noLoop,
    queueChecks.settings,
    queueChecks.mapping,
    uploadChecks.decodedKey,
    uploadChecks.otherKeys,
    uploadChecks.invalidFile,
    batchChecks.report,
    batchChecks.poison,
    batchChecks.idempotent,
    streamChecks.stream,
    changeChecks.filter,
    changeChecks.changes,
    ruleChecks.rule,
    ruleChecks.bigOrders,
    ruleChecks.orderEvent,
    scheduleChecks.schedule,
    scheduleChecks.digest,
    repeatChecks.repeats,
    roleChecks.roles,
    answerChecks.answers,
  ],
});
