/** One step of a route: a fixed word, one label, or a label that takes the rest of the path. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'label'; readonly member: string }
  | { readonly kind: 'greedy'; readonly member: string };

export interface UriPattern {
  readonly segments: readonly Segment[];
  /** Query parameters that are part of the route itself, as in `?list-type=2` and `?uploads`. */
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** Parses a modelled uri such as `/{Bucket}/{Key+}?tagging`. */
export function parseUri(uri: string): UriPattern {
  const [path = '', query = ''] = uri.split('?', 2);
  return {
    segments: path
      .split('/')
      .filter((part) => part !== '')
      .map((part) => {
        const label = /^\{(.+?)(\+?)\}$/.exec(part);
        if (label === null) return { kind: 'literal', text: part };
        return { kind: label[2] === '+' ? 'greedy' : 'label', member: label[1] ?? '' };
      }),
    query: query
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const at = part.indexOf('=');
        return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
      }),
  };
}

/** The raw, still encoded text of each label, or undefined where the path is another. */
export function matchPath(
  segments: readonly Segment[],
  path: string,
): Readonly<Record<string, string>> | undefined {
  const parts = path.split('/');
  parts.shift();
  const labels: Record<string, string> = {};
  let at = 0;
  for (const segment of segments) {
    if (segment.kind === 'greedy') {
      const rest = parts.slice(at).join('/');
      if (rest === '') return undefined;
      labels[segment.member] = rest;
      return labels;
    }
    const part = parts[at++];
    if (part === undefined || part === '') return undefined;
    if (segment.kind === 'label') labels[segment.member] = part;
    else if (part !== segment.text) return undefined;
  }
  // A single slash at the end changes nothing: Lambda's own documentation writes `/2015-03-31/functions/`.
  const rest = parts.slice(at);
  return rest.length === 0 || (rest.length === 1 && rest[0] === '') ? labels : undefined;
}
