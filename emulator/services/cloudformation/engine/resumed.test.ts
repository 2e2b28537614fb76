import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ResourceFailure, type Physical, type ResourceType } from '../resources/resource-type.ts';
import { Things } from '../testing/things.ts';
import { queues, TrialStacks } from '../testing/trial-stacks.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-resumed-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Things that are found by their marks, as resources are that CloudFormation gives no name. */
class Marked extends Things {
  /** The second is made until the cloud ends; after that it cannot be made. */
  restarted = false;
  /** Told once it is being made. */
  begun: () => void = () => undefined;

  override readonly type: ResourceType = {
    create: async ({ QueueName }, work) => {
      const id = typeof QueueName === 'string' ? QueueName : '';
      if (this.restarted) throw new ResourceFailure(`${id} cannot be made any more`);
      this.there.set(id, {});
      this.begun();
      if (id === 'second')
        await new Promise((_, reject) => {
          work.signal.addEventListener('abort', () => reject(work.signal.reason as Error), { once: true });
        });
      return physical(id);
    },
    delete: async ({ id }) => {
      this.there.delete(id);
    },
    // The resource and what is to take its place have the same marks.
    find: async () => [...this.there.keys()].map(physical)[0],
  };
}
const physical = (id: string): Physical => ({ id, attributes: {} });

it('what an unfinished replacement has left is looked for, and never taken for what it replaces', async () => {
  const things = new Marked();
  const first = await TrialStacks.start(home, things);
  const named = (QueueName: string) => ({
    StackName: 'kept',
    TemplateBody: queues({ A: { QueueName } }),
  });
  await first.cfn.send(new CreateStackCommand(named('first')));
  expect((await first.settled('kept')).StackStatus).toBe('CREATE_COMPLETE');
  const begun = new Promise<void>((resolve) => (things.begun = resolve));
  await first.cfn.send(new UpdateStackCommand(named('second')));
  await begun;
  await first.stop();
  things.restarted = true;

  const again = await TrialStacks.start(home, things);
  expect((await again.settled('kept')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect([...things.there.keys()]).toContain('first');
  await again.stop();
});
