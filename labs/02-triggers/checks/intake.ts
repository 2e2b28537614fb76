import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { bucketArn, bucketName, filterOf, findNotifications } from '../found/bucket.ts';
import { findFunction, findPermissions, functionArn, functionName } from '../found/function.ts';
import { allowedRuntimes } from '../../function-ready/runtimes.ts';
import { shown } from '../../wording/wording.ts';
import { evidence, pretty, type LabCheck } from './context.ts';

const ready: LabCheck = {
  id: 'intake-ready',
  title: (text) => text.intakeReady.title,
  points: 3,
  verifiedOn: ['embedded'],
  hints: (text) => text.intakeReady.hints,
  async run(context): Promise<FunctionConfiguration> {
    const { text } = context;
    const name = functionName(context, 'intake');
    const found = await findFunction(context, 'intake');
    if (found === undefined) return context.fail({ ...text.intakeReady.missing(name), expected: name });
    const { State, StateReason, LastUpdateStatus, Runtime } = found;
    const seen = evidence('GetFunctionConfiguration', { State, StateReason, LastUpdateStatus, Runtime });
    context
      .expect(State, { ...text.intakeReady.notActive(State ?? '', StateReason ?? ''), evidence: seen })
      .toBeOneOf(['Active', 'Inactive']);
    context
      .expect(Runtime, { ...text.intakeReady.runtime(Runtime ?? '?'), evidence: seen })
      .toBeOneOf(allowedRuntimes);
    return found;
  },
};

const s3Service = 's3.amazonaws.com';

const permission: LabCheck = {
  id: 'upload-permission',
  title: (text) => text.uploadPermission.title,
  points: 5,
  needs: ['intake-ready'],
  verifiedOn: ['embedded'],
  hints: (text) => text.uploadPermission.hints,
  async run(context) {
    const text = context.text.uploadPermission;
    const intake = context.from<FunctionConfiguration>('intake-ready');
    const arn = functionArn(intake);
    const source = bucketArn(context, arn.split(':')[1] ?? 'aws');
    const all = await findPermissions(context, arn);
    const seen = evidence(
      context.text.evidence.policy,
      all.map(({ statement }) => statement),
    );
    const letsS3In = all.filter(({ principals }) =>
      principals.some((one) => one === s3Service || one === '*'),
    );
    if (letsS3In.length === 0) context.fail({ ...text.none, expected: s3Service, evidence: seen });
    for (const { principals, conditions, statement } of letsS3In) {
      const finding = { actual: pretty(statement), evidence: seen };
      if (principals.includes('*')) context.fail({ ...text.everybody, expected: s3Service, ...finding });
      const arns = conditions.get('aws:sourcearn') ?? [];
      if (arns.length === 0) context.fail({ ...text.noArn, expected: source, ...finding });
      const strange = arns.find((one) => one !== source);
      if (strange !== undefined) context.fail({ ...text.otherArn(strange), expected: source, ...finding });
      const accounts = conditions.get('aws:sourceaccount') ?? [];
      if (accounts.length === 0) context.fail({ ...text.noAccount, expected: context.account, ...finding });
      const other = accounts.find((one) => one !== context.account);
      if (other !== undefined)
        context.fail({ ...text.otherAccount(other), expected: context.account, ...finding });
    }
  },
};

const notification: LabCheck = {
  id: 'notification',
  title: (text) => text.notification.title,
  points: 4,
  needs: ['intake-ready'],
  verifiedOn: ['embedded'],
  hints: (text) => text.notification.hints,
  async run(context) {
    const text = context.text.notification;
    const bucket = bucketName(context);
    const arn = functionArn(context.from<FunctionConfiguration>('intake-ready'));
    const all = await findNotifications(context);
    if (all === undefined) return context.fail({ ...text.noBucket(bucket), expected: bucket });
    const seen = evidence('GetBucketNotificationConfiguration', all);
    const own = all.filter(
      ({ LambdaFunctionArn = '' }) => LambdaFunctionArn === arn || LambdaFunctionArn.startsWith(`${arn}:`),
    );
    if (own.length === 0) return context.fail({ ...text.none(bucket), expected: arn, evidence: seen });
    const created = own.filter(({ Events = [] }) =>
      Events.some((event) => event.startsWith('s3:ObjectCreated:')),
    );
    const events = shown(own.flatMap(({ Events = [] }) => Events));
    if (created.length === 0)
      return context.fail({
        ...text.noCreation,
        expected: 's3:ObjectCreated:*',
        actual: events,
        evidence: seen,
      });
    const puts = created.some(({ Events = [] }) =>
      Events.some((event) => event === 's3:ObjectCreated:*' || event === 's3:ObjectCreated:Put'),
    );
    if (!puts)
      return context.fail({ ...text.notPut, expected: 's3:ObjectCreated:*', actual: events, evidence: seen });
    for (const one of created) {
      const [prefix, suffix] = [filterOf(one, 'prefix'), filterOf(one, 'suffix')];
      if (prefix !== 'orders/')
        context.fail({ ...text.prefix(prefix), expected: 'orders/', actual: shown(prefix), evidence: seen });
      if (suffix !== '.json')
        context.fail({ ...text.suffix(suffix), expected: '.json', actual: shown(suffix), evidence: seen });
    }
    return undefined;
  },
};

export const intakeChecks = { ready, permission, notification };
