import { ports } from '../background/background.ts';
import { isTaken } from '../background/port.ts';
import { findRunning } from '../background/running.ts';
import type { Session } from '../session/session.ts';
import { textOf, type Finding } from './finding.ts';

/**
 * The embedded cloud and the page, and the ports that they need.
 * @param targetPort where the chosen target is: it may hold that port
 */
export async function cloud(session: Session, targetPort: number | undefined): Promise<Finding[]> {
  const text = textOf(session);
  const running = await findRunning(session.home);
  if (running === undefined)
    return [
      { what: text.cloud, level: 'good', seen: text.cloudOff },
      ...(await freePorts(session, targetPort)),
    ];
  const seen = `${running.cloud}${running.page === undefined ? '' : ` · ${running.page}`}`;
  return [{ what: text.cloud, level: 'good', seen }];
}

async function freePorts(session: Session, targetPort: number | undefined): Promise<Finding[]> {
  const text = textOf(session);
  const findings: Finding[] = [];
  for (const [name, port] of Object.entries(ports(session.env))) {
    if (port === targetPort) continue;
    const taken = port !== 0 && (await isTaken(port));
    findings.push(
      taken
        ? { what: text.port(port), level: 'bad', seen: text.portTaken, mend: text.portMend(name) }
        : { what: text.port(port), level: 'good', seen: text.portFree },
    );
  }
  return findings;
}
