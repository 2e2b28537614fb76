/**
 * A request that does not have the form its model asks for. The wire layer answers it with the service's own code
 * (`SerializationException`, `MalformedXML`, …); the message is the part after it.
 */
export class Unreadable extends Error {
  /** The query parameter or header that could not be read; undefined where it is the body. */
  readonly parameter: string | undefined;

  constructor(message: string, parameter?: string) {
    super(message);
    this.name = 'Unreadable';
    this.parameter = parameter;
  }
}

/** The words that AWS's own reader (Coral) has for a value of the wrong type. */
export function wrongType(value: unknown, wanted: string): Unreadable {
  if (Array.isArray(value)) return new Unreadable('Start of list found where not expected');
  if (typeof value === 'object' && value !== null)
    return new Unreadable('Start of structure or map found where not expected.');
  return new Unreadable(`${tokenOf(value)} can not be converted to ${wanted}`);
}

function tokenOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return typeof value === 'string' ? 'STRING_VALUE' : 'NUMBER_VALUE';
}
