/**
 * The XML answer of a query service as the JSON that the same service gives to whoever accepts JSON, as the
 * gateway does: `{"SendMessageResponse":{"SendMessageResult":{…},"ResponseMetadata":{…}}}`.
 * @returns undefined for what is no such XML
 */
export function queryAnswerAsJson(xml: string): string | undefined {
  const tokens = xml.matchAll(/<\?[^>]*\?>|<!--[^]*?-->|<(\/?)([\w.:-]+)[^>]*?(\/?)>|([^<]+)/g);
  interface Open {
    readonly name: string;
    readonly children: [string, unknown][];
    text: string;
  }
  const root: Open = { name: '', children: [], text: '' };
  const open: Open[] = [root];
  for (const [, closing, name, empty, text] of tokens) {
    const top = open.at(-1);
    if (top === undefined) return undefined;
    if (text !== undefined) top.text += text;
    else if (name === undefined) continue;
    else if (closing === '/') {
      open.pop();
      const parent = open.at(-1);
      if (parent === undefined || top.name !== name) return undefined;
      parent.children.push([name, valueOf(top.children, top.text)]);
    } else if (empty === '/') top.children.push([name, null]);
    else open.push({ name, children: [], text: '' });
  }
  return open.length === 1 && root.children.length > 0
    ? JSON.stringify(valueOf(root.children, ''))
    : undefined;
}

function valueOf(children: readonly [string, unknown][], text: string): unknown {
  if (children.length === 0) return decoded(text);
  const names = new Set(children.map(([name]) => name));
  // Lists: `<member>` in newer services, `<entry>` in maps.
  if (names.size === 1 && names.has('member')) return children.map(([, value]) => value);
  const object: Record<string, unknown> = {};
  for (const [name, value] of children) {
    if (!Object.hasOwn(object, name)) object[name] = value;
    else if (Array.isArray(object[name])) (object[name] as unknown[]).push(value);
    else object[name] = [object[name], value];
  }
  return object;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const decoded = (text: string): string =>
  text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (whole, ten?: string, sixteen?: string, name?: string) => {
      if (ten !== undefined) return String.fromCodePoint(Number(ten));
      if (sixteen !== undefined) return String.fromCodePoint(parseInt(sixteen, 16));
      return ENTITIES[name ?? ''] ?? whole;
    },
  );
