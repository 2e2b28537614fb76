/** The parameters of a query string or a form, each with every value it was given, in order. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

/**
 * Reads a query string or a form body.
 * @throws URIError for a percent sign that starts no escape
 */
export function parseParameters(text: string): Parameters {
  const parameters = new Map<string, string[]>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = decode(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? '' : decode(part.slice(at + 1));
    const values = parameters.get(name);
    if (values === undefined) parameters.set(name, [value]);
    else values.push(value);
  }
  return parameters;
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** Like {@link parseParameters}, but a broken escape stands for itself: for choosing a route, before any error can be told. */
export function parametersOrRaw(text: string): Parameters {
  try {
    return parseParameters(text);
  } catch {
    return new Map(
      text.split('&').map((part) => {
        const at = part.indexOf('=');
        return at < 0 ? [part, ['']] : [part.slice(0, at), [part.slice(at + 1)]];
      }),
    );
  }
}
