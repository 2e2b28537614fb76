import { runTraffic, type Traffic } from '../traffic/traffic.ts';
import type { Context, LabCheck } from './context.ts';

const testOrders: LabCheck = {
  id: 'test-orders',
  title: (text) => text.testOrders.title,
  points: 1,
  needs: ['intake-ready'],
  verifiedOn: ['embedded'],
  // On AWS: a dead-letter queue after two visibility timeouts, and a tick of the schedule.
  budgetSeconds: 900,
  hints: (text) => text.testOrders.hints,
  run: (context): Promise<Traffic> => runTraffic(context),
};

/**
 * What one part of the traffic has led to. The checks that ask have made sure that its way in is there.
 * @throws Error where it was not there a moment ago
 */
export function observed<Part extends keyof Traffic>(
  context: Context,
  part: Part,
): NonNullable<Traffic[Part]> {
  const seen = context.from<Traffic>('test-orders')[part];
  if (seen === undefined) throw new Error(`The way in for ${part} changed while the lab was graded.`);
  return seen;
}

export const trafficChecks = { testOrders };
