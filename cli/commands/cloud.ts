import { serveInForeground } from '../background/foreground.ts';
import type { Session } from '../session/session.ts';

export async function run(
  session: Session,
  _args: readonly string[],
  flags: { ephemeral?: boolean },
): Promise<number> {
  return serveInForeground(session, { page: false, ephemeral: flags.ephemeral === true });
}
