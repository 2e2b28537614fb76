import { describe, expect, it } from 'vitest';
import type { Acting } from '../../service/inner-calls.ts';
import { running, seen, serveEachTest, start } from '../fixture/serving.ts';

serveEachTest();

const root: Acting = {
  principal: {
    kind: 'root',
    account: '111122223333',
    arn: 'arn:aws:iam::111122223333:root',
    accessKeyId: '111122223333',
  },
  region: 'us-east-1',
  signal: new AbortController().signal,
  trail: '' as Acting['trail'],
};
const session: Acting = {
  ...root,
  principal: {
    kind: 'role',
    account: '111122223333',
    arn: 'arn:aws:sts::111122223333:assumed-role/deployer/me',
    accessKeyId: 'ASIA',
    roleName: 'deployer',
    sessionName: 'me',
  },
};

describe('a call from one service to another', () => {
  it('is answered and checked like a client’s, and the trail has it', async () => {
    const { call, trail } = running.cloud;
    await call(root, 'lambda', 'CreateFunction', {
      FunctionName: 'inner',
      Code: {},
      Role: 'arn:aws:iam::111122223333:role/any',
    });
    const { Functions } = await call(root, 'lambda', 'ListFunctions', {});
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['inner']);
    await expect(
      call(root, 'lambda', 'CreateFunction', { FunctionName: undefined, Code: undefined, Role: undefined }),
    ).rejects.toThrow(/must not be null/);
    const entries = trail.read({ account: '111122223333', region: 'us-east-1' });
    expect(entries.map(({ facts }) => facts)).toMatchObject([
      { operation: 'CreateFunction', status: 200 },
      { operation: 'ListFunctions', status: 200 },
      { operation: 'CreateFunction', error: 'ValidationException' },
    ]);
  });

  it('needs the permission of whoever it acts for', async () => {
    const input = { FunctionName: 'fn' };
    await expect(running.cloud.call(session, 'lambda', 'Invoke', input)).rejects.toThrow(/not authorized/);
    seen.allowed.add('lambda:InvokeFunction arn:aws:lambda:us-east-1:111122223333:function:fn');
    expect(await running.cloud.call(session, 'lambda', 'Invoke', input)).toMatchObject({ StatusCode: 200 });
  });

  it('is kept when it returns, even when it failed', async () => {
    const failing = running.cloud.call(root, 'lambda', 'CreateFunction', {
      FunctionName: 'changes-then-fails',
      Code: {},
      Role: 'arn:aws:iam::111122223333:role/any',
    });
    await expect(failing).rejects.toMatchObject({ code: 'ResourceConflictException' });
    await running.stop();
    await start();
    const { Functions } = await running.cloud.call(root, 'lambda', 'ListFunctions', {});
    expect(Functions).toHaveLength(1);
  });
});
