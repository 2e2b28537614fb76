/** What is wrong with a template, in the words of the transform. `about` is what the list of errors is sorted by. */
export class SamFailure extends Error {
  override readonly name: string = 'SamFailure';
  readonly about: string;

  constructor(about: string, message: string) {
    super(message);
    this.about = about;
  }
}

/** An event's failure: whose event it is, its function adds. */
export class EventFailure extends SamFailure {
  override readonly name = 'EventFailure';

  constructor(event: string, reason: string) {
    super(event, `Event with id [${event}] is invalid. ${reason}`);
  }
}

export const invalidResource = (id: string, reason: string): SamFailure =>
  new SamFailure(id, `Resource with id [${id}] is invalid. ${reason}`);

export const invalidTemplate = (reason: string): SamFailure =>
  new SamFailure('', `Structure of the SAM template is invalid. ${reason}`);

export const invalidGlobals = (reason: string): SamFailure =>
  new SamFailure('Globals', `'Globals' section is invalid. ${reason}`);

export const duplicateId = (source: string, id: string, type: string): SamFailure =>
  new SamFailure(
    source,
    `Transforming resource with id [${source}] attempts to create a new resource with id [${id}] and type "${type}". A resource with that id already exists within this template. Please use a different id for that resource.`,
  );

/** The whole list as AWS words it in one text. */
export function documentMessage(failures: readonly SamFailure[]): string {
  const sorted = [...failures].sort((a, b) => (a.about < b.about ? -1 : a.about > b.about ? 1 : 0));
  return `Invalid Serverless Application Specification document. Number of errors found: ${String(failures.length)}. ${sorted.map((one) => one.message).join(' ')}`;
}
