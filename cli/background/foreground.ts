import { UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';
import { orderFor, startFailure } from './background.ts';
import { findRunning } from './running.ts';
import { serve, untilEnded } from './serve.ts';
import { texts } from './text.ts';

/** Serves in this window until it is ended (Ctrl+C, `npm run stop`). @returns the exit status */
export async function serveInForeground(
  session: Session,
  options: { page: boolean; ephemeral: boolean },
): Promise<number> {
  const text = texts[session.language];
  const running = await findRunning(session.home);
  if (running !== undefined) {
    throw new UserFailure(text.alreadyRuns(running.pid, running.cloud, running.page), {
      next: text.stopFirst,
    });
  }
  const serving = await serve(orderFor(session, options.page, options.ephemeral)).catch((error: unknown) => {
    const failure = error as { message?: string; code?: string };
    throw startFailure(session, failure.message ?? String(error), failure.code);
  });
  const { bold, dim } = session.colors;
  session.out(`${text.cloudAt}  ${bold(serving.cloud)}`);
  if (serving.page !== undefined) session.out(`${text.pageAt}  ${bold(serving.page)}`);
  session.out(dim(text.endIt));
  await untilEnded(serving);
  return 0;
}
