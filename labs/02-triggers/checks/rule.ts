import { findFunction, findPermissions, functionArn, functionName } from '../found/function.ts';
import { findRules, type FoundRule } from '../found/rule.ts';
import { readable } from '../found/table.ts';
import { names } from '../names.ts';
import { evidence, pretty, type LabCheck } from './context.ts';
import { errorLines } from './log-lines.ts';
import { observed } from './traffic.ts';

const eventsService = 'events.amazonaws.com';

const rule: LabCheck = {
  id: 'rule',
  title: (text) => text.rule.title,
  points: 4,
  verifiedOn: ['embedded'],
  hints: (text) => text.rule.hints,
  async run(context): Promise<FoundRule> {
    const text = context.text.rule;
    const name = functionName(context, 'notify');
    const notify = await findFunction(context, 'notify');
    if (notify === undefined) return context.fail({ ...text.noFunction(name), expected: name });
    const arn = functionArn(notify);
    const rules = (await findRules(context, arn)).filter(
      ({ rule: { EventPattern } }) => EventPattern !== undefined,
    );
    const seen = evidence(
      'DescribeRule',
      rules.map(({ rule: { Name, State, EventPattern } }) => ({ Name, State, EventPattern })),
    );
    if (rules.length === 0) return context.fail({ ...text.none, expected: arn });
    const found = rules.find(({ rule: { State } }) => State !== 'DISABLED');
    if (found === undefined)
      return context.fail({
        ...text.disabled(rules[0]?.rule.Name ?? ''),
        expected: 'ENABLED',
        evidence: seen,
      });
    const ruleArn = found.rule.Arn ?? '';
    const all = await findPermissions(context, arn);
    const policy = evidence(
      context.text.evidence.policy,
      all.map(({ statement }) => statement),
    );
    const lets = all.filter(({ principals }) =>
      principals.some((one) => one === eventsService || one === '*'),
    );
    if (lets.length === 0)
      return context.fail({ ...text.noPermission, expected: eventsService, evidence: policy });
    for (const { principals, conditions, statement } of lets) {
      const arns = conditions.get('aws:sourcearn') ?? [];
      const finding = { expected: ruleArn, actual: pretty(statement), evidence: policy };
      if (principals.includes('*')) context.fail({ ...text.everybody, ...finding, expected: eventsService });
      if (arns.length === 0) context.fail({ ...text.noArn, ...finding });
      // The ARN of a rule has its account in it, unless that is left open.
      const open = arns.find(
        (one) => !one.includes(`:${context.account}:`) || one.endsWith('rule/*') || one.endsWith(':*'),
      );
      if (open !== undefined) context.fail({ ...text.openArn(open), ...finding });
      const other = (conditions.get('aws:sourceaccount') ?? []).find((one) => one !== context.account);
      if (other !== undefined)
        context.fail({ ...text.otherAccount(other), ...finding, expected: context.account });
    }
    return found;
  },
};

const bigOrders: LabCheck = {
  id: 'big-orders',
  title: (text) => text.bigOrders.title,
  points: 5,
  needs: ['test-orders', 'rule'],
  verifiedOn: ['embedded'],
  hints: (text) => text.bigOrders.hints,
  async run(context) {
    const text = context.text.bigOrders;
    const { EventPattern: pattern = '' } = context.from<FoundRule>('rule').rule;
    for (const { kind, event, notices } of observed(context, 'placed')) {
      const seen = [
        ...evidence(context.text.evidence.event, event),
        ...evidence('EventPattern', pattern),
        ...(notices.length > 0 ? evidence(context.text.evidence.rows, notices.map(readable)) : []),
      ];
      const reached = notices.length > 0;
      if (reached === (kind === 'over')) continue;
      if (kind === 'over')
        context.fail({ ...text.over, evidence: [...seen, ...(await errorLines(context, 'notify'))] });
      else context.fail({ ...text[kind], evidence: seen });
    }
  },
};

const orderEvent: LabCheck = {
  id: 'order-event',
  title: (text) => text.orderEvent.title,
  points: 2,
  needs: ['decoded-key', 'big-orders'],
  verifiedOn: ['embedded'],
  hints: (text) => text.orderEvent.hints,
  async run(context) {
    const text = context.text.orderEvent;
    const { big, notices } = observed(context, 'uploads');
    if (notices.length > 0) return;
    context.fail({
      ...text.none(context.name(names.eventSource)),
      evidence: [
        ...evidence(context.text.evidence.file(big.key), big.order),
        ...evidence('EventPattern', context.from<FoundRule>('rule').rule.EventPattern ?? ''),
        ...(await errorLines(context, 'worker')),
      ],
    });
  },
};

export const ruleChecks = { rule, bigOrders, orderEvent };
