import type { Budget } from './velocity/budget.ts';
import { TemplateFailure } from './velocity/failure.ts';
import { javaText } from './velocity/java-text.ts';
import { Host, type Value } from './velocity/value.ts';
import { NotJson, readJson } from './json/read.ts';

/**
 * `$util` of API Gateway.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
 */
export function utilHost(budget: Budget): Host {
  const ofText =
    (work: (text: string) => string) =>
    (args: readonly Value[]): Value => {
      const text = javaText(args[0] ?? null, budget);
      budget.step(text.length / 100);
      budget.reserve(text.length);
      return budget.text(work(text));
    };
  return new Host({
    escapeJavaScript: ofText(escapeJavaScript),
    urlEncode: ofText(urlEncode),
    urlDecode: ofText(urlDecode),
    base64Encode: ofText((text) => Buffer.from(text, 'utf8').toString('base64')),
    base64Decode: ofText((text) => Buffer.from(text, 'base64').toString('utf8')),
    parseJson: (args) => parseJson(javaText(args[0] ?? null, budget), budget),
  });
}

function parseJson(text: string, budget: Budget): Value {
  budget.step(text.length / 10);
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof NotJson) {
      throw new TemplateFailure('evaluation', `Invalid JSON in $util.parseJson: ${error.message}`);
    }
    throw error;
  }
}

const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
  "'": "\\'",
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
};

/** As Apache Commons escapes: quotes of both kinds and slashes get a backslash, all beyond ASCII becomes `\uXXXX`. */
export const escapeJavaScript = (text: string): string =>
  text.replaceAll(
    /['"\\/]|[^\u0020-\u007e]/g,
    (character) =>
      SHORT[character] ??
      [...Array(character.length).keys()]
        .map((index) => `\\u${character.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')}`)
        .join(''),
  );

/** As Java's URLEncoder: a form's encoding, where a blank is `+`. Half a character becomes U+FFFD by way of bytes. */
export const urlEncode = (text: string): string =>
  encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'))
    .replaceAll('%20', '+')
    .replaceAll(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** As Java's URLDecoder; an escape that is none stays as it is. */
export function urlDecode(text: string): string {
  return text.replaceAll('+', ' ').replaceAll(/(?:%[\da-fA-F]{2})+/g, (escapes) => {
    const bytes = Buffer.from(escapes.replaceAll('%', ''), 'hex');
    return new TextDecoder().decode(bytes);
  });
}
