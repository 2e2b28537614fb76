import { expect, it } from 'vitest';
import type { Context } from './context.ts';
import { orderMaker, send } from './orders.ts';

/** As much of a context as orders take; the first calls lose an answer. */
function losing(answers: number) {
  const asked: string[] = [];
  const context = {
    nonce: (label: string) => `${label}-n`,
    integer: (least: number) => least,
    invoke: (_: string, { orderId }: { orderId: string }) => {
      asked.push(orderId);
      return Promise.resolve({ lost: asked.length <= answers ? 1 : 0 });
    },
  } as unknown as Context;
  return { asked, context, make: orderMaker(context).make };
}

it('an order whose answer was lost is no evidence, and another of its kind is sent', async () => {
  const { asked, context, make } = losing(2);
  const sent = await send(context, 'checkout', make('DECLINED_RETRY', 20, 'DECLINED-'));
  expect(asked).toHaveLength(3);
  expect(new Set(asked).size).toBe(3);
  expect(sent).toMatchObject({
    outcome: 'DECLINED_RETRY',
    bankMs: 40,
    order: { orderId: asked[2] },
    invoked: { lost: 0 },
  });
  expect(sent.order.orderId).toContain('DECLINED-');
});

it('sends an order once where its answer came', async () => {
  const { asked, context, make } = losing(0);
  const sent = await send(context, 'checkout', make('APPROVED', 20));
  expect(asked).toEqual([sent.order.orderId]);
});

it('does not go on for ever', async () => {
  const { context, make } = losing(99);
  await expect(send(context, 'checkout', make('APPROVED', 20))).rejects.toThrow('were lost');
});
