import type { Context } from '../checks/context.ts';

/** An order as this lab's messages and files hold it. */
export interface TestOrder {
  readonly orderId: string;
  readonly customer: string;
  readonly amount: number | string;
  readonly currency: string;
}

/** Order ids of the grader begin so: what they stand in is the grader's, and is removed. */
const mark = 'grader';
export const marked = new RegExp(`${mark}-[bcdfghjkmnpqrstvwxz2-9]{10}`);

export const someId = (context: Context): string => context.nonce(mark);

/** An order that nobody finds big. */
export function someOrder(context: Context, over: Partial<TestOrder> = {}): TestOrder {
  return {
    orderId: someId(context),
    customer: '김 채점 & "sons"',
    amount: context.integer(1_000, 90_000),
    currency: 'KRW',
    ...over,
  };
}
