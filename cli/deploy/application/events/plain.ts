import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { padEnd } from '../../../../grader/reporters/width.ts';
import type { Session } from '../../../session/session.ts';
import type { LiveEvents } from './live.ts';
import { statusPaint } from './table.ts';

/** The second of two events of the same beginning: it adds the physical id. */
const initiated = 'Resource creation Initiated';

/**
 * Shows the events of a stack as lines, one below the other: for files and other programs.
 * @param widest columns of the longest logical id
 */
export function plainEvents(session: Session, widest: number): LiveEvents {
  return {
    add(event) {
      if (event.ResourceStatusReason !== initiated) session.out(`    ${eventLine(session, event, widest)}`);
    },
    end: () => undefined,
  };
}

function eventLine({ colors }: Session, event: StackEvent, widest: number): string {
  const { dim, red } = colors;
  const status = event.ResourceStatus ?? '';
  const paint = statusPaint(colors, status);
  const time = (event.Timestamp ?? new Date()).toISOString().slice(11, 19);
  const said = `${dim(time)}  ${paint(status.padEnd(26))}  ${padEnd(event.LogicalResourceId ?? '', widest)}  ${dim(event.ResourceType ?? '')}`;
  const reason = event.ResourceStatusReason;
  return reason === undefined || !status.endsWith('_FAILED') ? said : `${said}\n      ${red(reason)}`;
}
