import { describe, expect, it } from 'vitest';
import { identities } from '../../services/identities.ts';
import { actionOf } from './actions.ts';

describe('the action that a call needs', () => {
  it.each([
    ['lambda', 'Invoke', {}, 'lambda:InvokeFunction'],
    ['lambda', 'InvokeWithResponseStream', {}, 'lambda:InvokeFunction'],
    ['lambda', 'GetFunction', {}, 'lambda:GetFunction'],
    ['logs', 'PutLogEvents', {}, 'logs:PutLogEvents'],
    ['iam', 'PassRole', {}, 'iam:PassRole'],
    ['s3', 'HeadObject', { Key: 'k' }, 's3:GetObject'],
    ['s3', 'GetObject', { Key: 'k', VersionId: 'v' }, 's3:GetObjectVersion'],
    ['s3', 'ListObjectsV2', {}, 's3:ListBucket'],
    ['s3', 'UploadPart', { VersionId: undefined }, 's3:PutObject'],
    ['cloudwatch', 'PutMetricAlarm', {}, 'cloudwatch:PutMetricAlarm'],
    ['sts', 'GetCallerIdentity', {}, undefined],
    ['sts', 'AssumeRole', {}, undefined],
  ] as const)('%s %s %j: %s', (service, operation, input, action) => {
    expect(actionOf(identities[service], operation, input)).toBe(action);
  });
});
