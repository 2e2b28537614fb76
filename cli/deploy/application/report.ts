import type { ResourceChange } from '@aws-sdk/client-cloudformation';
import { padEnd, widthOf } from '../../../grader/reporters/width.ts';
import type { Session } from '../../session/session.ts';
import { room } from '../../terminal/block.ts';
import { shorten } from '../../terminal/shorten.ts';
import { gap, parted, typeIn } from './columns.ts';
import type { Deployed, DeployEvent } from './deploy-application.ts';
import { liveEvents, type LiveEvents } from './events/live.ts';
import { plainEvents } from './events/plain.ts';
import { applicationTexts } from './text.ts';
import type { Uploaded } from './upload.ts';

/** Shows what a deployment tells, as it tells it. */
export interface Report {
  onEvent(event: DeployEvent): void;
  onDeployed(deployed: Deployed): void;
  /** Nothing more comes, however it ended. */
  end(): void;
}

/** @param endpoint where the cloud is, if it is not AWS: addresses of APIs are shown as they answer there, too */
export function reportOf(session: Session, endpoint: string | undefined): Report {
  const text = applicationTexts[session.language];
  const { bold, dim } = session.colors;
  const heading = (word: string) => session.out(`  ${bold(word)}`);
  const uploads = new Map<string, Uploaded>();
  const seen = { packages: false, widest: 0 };
  // What takes lines back needs a terminal that can.
  const rewritable = process.stdout.isTTY && session.env.TERM !== 'dumb';
  const columns = rewritable ? room(process.stdout).columns : Infinity;
  let expected: readonly string[] = [];
  let events: LiveEvents | undefined;
  const endEvents = () => {
    events?.end();
    events = undefined;
  };
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
          endEvents();
          packages();
          session.out(`  ${session.colors.yellow(text.mending(event.status)[event.mending])}`);
          return;
        case 'changes':
          endEvents();
          packages();
          expected = event.changes.map(({ LogicalResourceId: id = '' }) => id);
          seen.widest = Math.max(...expected.map(widthOf));
          heading(text.changeSet);
          for (const line of changeLines(session, event.changes, columns - 4)) session.out(`    ${line}`);
          return;
        case 'stackEvent':
          if (events === undefined) heading(text.events);
          events ??= rewritable
            ? liveEvents(session, process.stdout, expected)
            : plainEvents(session, seen.widest);
          events.add(event.event);
      }
    },
    end: endEvents,
    onDeployed({ outcome, outputs }) {
      endEvents();
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

/**
 * A change set as a table: what is done to which resource, and whether it is replaced.
 * @param columns that a line may take
 */
function* changeLines(
  session: Session,
  changes: readonly ResourceChange[],
  columns: number,
): Generator<string> {
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
    note:
      change.Replacement === 'True'
        ? text.replaced
        : change.Replacement === 'Conditional'
          ? text.perhapsReplaced
          : '',
  }));
  const widest = (of: (row: (typeof rows)[number]) => string) =>
    Math.max(0, ...rows.map((row) => widthOf(of(row))));
  const actions = widest((row) => row.action);
  const notes = widest((row) => row.note);
  const beside = actions + gap + (notes === 0 ? 0 : gap + notes);
  const fit = parted(
    widest((row) => row.name),
    widest((row) => row.type),
    columns - beside,
  );
  const fitted = (part: string, width: number) => padEnd(shorten(part, width), width);
  for (const { change, action, name, type, note } of rows)
    yield [
      colour[change.Action ?? 'Dynamic'](padEnd(action, actions)),
      fitted(name, fit.name),
      ...(fit.type === 0 ? [] : [dim(fitted(typeIn(type, fit), fit.type))]),
      (change.Replacement === 'True' ? red : yellow)(note),
    ]
      .join(' '.repeat(gap))
      .trimEnd();
  const lost = rows
    .filter(
      ({ change, type }) => keeps.test(type) && (change.Action === 'Remove' || change.Replacement === 'True'),
    )
    .map(({ name }) => name);
  if (lost.length > 0) yield red(text.dataGoes(lost.join(', ')));
}

/** Where an API's address answers on a cloud on this machine. */
export function localAddress(value: string, endpoint: string): string | undefined {
  const [, id, rest = ''] =
    /^https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(\/.*)?$/.exec(value) ?? [];
  return id === undefined ? undefined : new URL(`/_aws/execute-api/${id}${rest}`, endpoint).href;
}
