import type { ResourceChange, StackEvent } from '@aws-sdk/client-cloudformation';
import { padEnd, widthOf } from '../../../grader/reporters/width.ts';
import type { Session } from '../../session/session.ts';
import type { Deployed, DeployEvent } from './deploy-application.ts';
import { applicationTexts } from './text.ts';
import type { Uploaded } from './upload.ts';

/** Shows what a deployment tells, as it tells it. */
export interface Report {
  onEvent(event: DeployEvent): void;
  onDeployed(deployed: Deployed): void;
}

/** @param endpoint where the cloud is, if it is not AWS: addresses of APIs are shown as they answer there, too */
export function reportOf(session: Session, endpoint: string | undefined): Report {
  const text = applicationTexts[session.language];
  const { bold, dim } = session.colors;
  const heading = (word: string) => session.out(`  ${bold(word)}`);
  const uploads = new Map<string, Uploaded>();
  const seen = { packages: false, events: false, widest: 0 };
  const packages = () => {
    if (seen.packages || uploads.size === 0) return;
    seen.packages = true;
    session.out(`  ${bold(text.packages)}  ${packageLine(text, [...uploads.values()])}`);
  };
  return {
    onEvent(event) {
      switch (event.kind) {
        case 'uploaded':
          uploads.set(event.uploaded.key, event.uploaded);
          return;
        case 'mending':
          packages();
          session.out(`  ${session.colors.yellow(text.mending(event.status)[event.mending])}`);
          return;
        case 'changes':
          packages();
          seen.widest = Math.max(...event.changes.map(({ LogicalResourceId: id = '' }) => widthOf(id)));
          heading(text.changeSet);
          for (const line of changeLines(session, event.changes)) session.out(`    ${line}`);
          return;
        case 'stackEvent':
          // The second of two events of the same beginning: it adds the physical id.
          if (event.event.ResourceStatusReason === initiated) return;
          if (!seen.events) heading(text.events);
          seen.events = true;
          session.out(`    ${eventLine(session, event.event, seen.widest)}`);
      }
    },
    onDeployed({ outcome, outputs }) {
      packages();
      const said =
        outcome === 'unchanged'
          ? text.unchanged
          : outcome === 'declined'
            ? text.declined
            : text.done[outcome];
      session.out(`  ${session.colors.green(said)}`);
      if (Object.keys(outputs).length === 0) return;
      heading(text.outputs);
      const width = Math.max(...Object.keys(outputs).map(widthOf));
      for (const [name, value] of Object.entries(outputs)) {
        session.out(`    ${dim(padEnd(name, width))}  ${value}`);
        const here = endpoint === undefined ? undefined : localAddress(value, endpoint);
        if (here !== undefined)
          session.out(`    ${padEnd('', width)}  ${session.colors.cyan(here)} ${dim(`(${text.here})`)}`);
      }
    },
  };
}

type Text = (typeof applicationTexts)['en'];

function packageLine(text: Text, uploads: readonly Uploaded[]): string {
  const sent = uploads.filter((each) => each.sent);
  const kilobytes = sent.reduce((sum, { size }) => sum + size, 0) / 1024;
  const parts = [
    sent.length > 0 ? text.uploaded(sent.length, `${kilobytes.toFixed(1)} KB`) : undefined,
    sent.length < uploads.length ? text.same(uploads.length - sent.length) : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** Resources whose replacement loses what they keep. */
const keeps = /^AWS::(?:DynamoDB::Table|S3::Bucket|SQS::Queue|Kinesis::Stream|Logs::LogGroup)$/;

/** A change set as a table: what is done to which resource, and whether it is replaced. */
function* changeLines(session: Session, changes: readonly ResourceChange[]): Generator<string> {
  const text = applicationTexts[session.language];
  const { green, yellow, red, dim } = session.colors;
  const colour = {
    Add: green,
    Modify: yellow,
    Remove: red,
    Import: green,
    Dynamic: yellow,
    SyncWithActual: yellow,
  };
  const rows = changes.map((change) => ({
    change,
    action: text.action[change.Action === 'SyncWithActual' ? 'Modify' : (change.Action ?? 'Dynamic')],
    name: change.LogicalResourceId ?? '',
    type: change.ResourceType ?? '',
  }));
  const widest = (of: (row: (typeof rows)[number]) => string) =>
    Math.max(0, ...rows.map((row) => widthOf(of(row))));
  const [actions, names, types] = [
    widest((row) => row.action),
    widest((row) => row.name),
    widest((row) => row.type),
  ];
  for (const { change, action, name, type } of rows) {
    const paint = colour[change.Action ?? 'Dynamic'];
    const replaced =
      change.Replacement === 'True'
        ? red(text.replaced)
        : change.Replacement === 'Conditional'
          ? yellow(text.perhapsReplaced)
          : '';
    yield `${paint(padEnd(action, actions))}  ${padEnd(name, names)}  ${dim(padEnd(type, types))}  ${replaced}`.trimEnd();
  }
  const lost = rows
    .filter(
      ({ change, type }) => keeps.test(type) && (change.Action === 'Remove' || change.Replacement === 'True'),
    )
    .map(({ name }) => name);
  if (lost.length > 0) yield red(text.dataGoes(lost.join(', ')));
}

const initiated = 'Resource creation Initiated';

function eventLine(session: Session, event: StackEvent, widest: number): string {
  const { dim, green, red, yellow } = session.colors;
  const status = event.ResourceStatus ?? '';
  const paint =
    status.endsWith('_FAILED') || status.includes('ROLLBACK')
      ? red
      : status.endsWith('_COMPLETE')
        ? green
        : yellow;
  const time = (event.Timestamp ?? new Date()).toISOString().slice(11, 19);
  const said = `${dim(time)}  ${paint(status.padEnd(26))}  ${padEnd(event.LogicalResourceId ?? '', widest)}  ${dim(event.ResourceType ?? '')}`;
  const reason = event.ResourceStatusReason;
  return reason === undefined || !status.endsWith('_FAILED') ? said : `${said}\n      ${red(reason)}`;
}

/** Where an API's address answers on a cloud on this machine. */
export function localAddress(value: string, endpoint: string): string | undefined {
  const [, id, rest = ''] =
    /^https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(\/.*)?$/.exec(value) ?? [];
  return id === undefined ? undefined : new URL(`/_aws/execute-api/${id}${rest}`, endpoint).href;
}
