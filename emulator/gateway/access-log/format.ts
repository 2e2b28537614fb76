import { at, written } from '../values.ts';

/**
 * Writes one line of an access log: `$context.requestId` and its like in their places, `-` for what is not there.
 * JSON, CLF, XML and CSV are only different texts around them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 * @param context with what the log alone knows: `status`, `responseLength`, `responseLatency`, …
 */
export function accessLogLine(format: string, context: object): string {
  return format
    .replaceAll(
      /\$(?:\{(context\.[\w.:-]+)\}|(context(?:\.[\w:-]+)+))/g,
      (_whole, braced?: string, bare?: string) =>
        value((braced ?? bare ?? '').replace(/^context\./, ''), context),
    )
    .replaceAll(/[\r\n]+/g, ' ')
    .trim();
}

function value(path: string, context: object): string {
  const found = written(at(context, RENAMED.get(path) ?? path)) ?? '';
  return found === '' ? '-' : found;
}

/** Names that stand for others. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['integrationLatency', 'integration.latency'],
  ['integrationStatus', 'integration.status'],
  ['integrationErrorMessage', 'integration.error'],
]);

/**
 * Whether AWS takes a format: it has to hold the request's id.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export const hasRequestId = (format: string): boolean =>
  /\$\{?context\.(extendedRequestId|requestId)\b/.test(format);
