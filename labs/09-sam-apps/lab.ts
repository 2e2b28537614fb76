import { defineLab } from '../../grader/api.ts';
import { deadLetterChecks } from './checks/dead-letters.ts';
import { deskChecks } from './checks/desk.ts';
import { helloChecks } from './checks/hello.ts';
import { inboxChecks } from './checks/inbox.ts';
import { orderChecks } from './checks/orders.ts';
import { removalChecks } from './checks/removal.ts';
import { rightChecks } from './checks/rights.ts';
import { rollbackChecks } from './checks/rollback.ts';
import { todoChecks } from './checks/todos.ts';
import { updateChecks } from './checks/update.ts';
import { artifacts, probes, stacks } from './names.ts';
import { en, ko, type Text } from './text.ts';

export const lab = defineLab<Text>({
  number: 9,
  slug: 'sam-apps',
  title: (text) => text.title,
  goal: (text) => text.goal,
  services: ['AWS SAM', 'AWS CloudFormation', 'AWS Lambda', 'Amazon API Gateway'],
  minutes: [45, 75],
  cost: (text) => text.cost,
  resources: {
    stacks: [...Object.values(stacks), ...Object.values(probes)],
    buckets: [artifacts],
  },
  text: { en, ko },
  // In the order of the guide's steps: what a student does first is what turns green first.
  checks: [
    helloChecks.stack,
    helloChecks.hello,
    todoChecks.stack,
    todoChecks.todos,
    updateChecks.update,
    rollbackChecks.rollback,
    inboxChecks.inbox,
    deadLetterChecks.deadLetters,
    deskChecks.desk,
    orderChecks.orders,
    orderChecks.sweep,
    rightChecks.rights,
    removalChecks.removal,
  ],
});
