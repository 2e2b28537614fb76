import type { Scope } from '../../../service/call.ts';
import { isoSeconds } from '../../events/putting/event.ts';
import type { InvocationRow } from '../rows.ts';

/**
 * What a target gets: the schedule's own input with the words of its context filled in, or else an event that tells
 * of the schedule.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function inputFor({ account, region }: Scope, row: InvocationRow): string {
  const { id, scheduleArn, scheduledAt, failures, target } = row;
  const time = isoSeconds(scheduledAt);
  const words: Readonly<Record<string, string>> = {
    'schedule-arn': scheduleArn,
    'scheduled-time': time,
    'execution-id': id,
    'attempt-number': String(failures + 1),
  };
  if (target.input !== undefined)
    return target.input.replaceAll(
      /<aws\.scheduler\.([a-z-]+)>/g,
      (whole, word: string) => words[word] ?? whole,
    );
  if (target.event !== undefined) return '{}';
  return JSON.stringify({
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time,
    region,
    resources: [scheduleArn],
    detail: '{}',
  });
}
