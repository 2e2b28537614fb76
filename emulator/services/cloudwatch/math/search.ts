import type { Metric } from '../metric/metric.ts';
import { MathFailure } from './expression.ts';

/**
 * The search of a `SEARCH` expression, where it is simple: `{Namespace,Dimension,…}` with words and
 * `Property="value"` that must all hold. Anything else is refused by name.
 * @throws MathFailure
 */
export function searchOf(query: string): (metric: Metric) => boolean {
  const found = /^\s*(?:\{([^}]*)\})?(.*)$/s.exec(query);
  const schema = found?.[1]?.split(',').map(unquoted);
  const rest = found?.[2] ?? '';
  if (/[()]|\b(?:AND|OR|NOT)\b/.test(rest))
    throw new MathFailure('SEARCH with AND, OR, NOT or brackets is not supported by this cloud.');
  const terms = (rest.match(/(?:[\w:.-]+\s*=\s*)?(?:"[^"]*"|\S+)/g) ?? []).map(termOf);
  return (metric) =>
    (schema === undefined || fitsSchema(metric, schema)) && terms.every((term) => term(metric));
}

const unquoted = (text: string): string => text.trim().replace(/^"(.*)"$/, '$1');

function fitsSchema({ namespace, dimensions }: Metric, [wanted = '', ...names]: readonly string[]): boolean {
  return (
    namespace === wanted &&
    dimensions.length === names.length &&
    names.every((name) => dimensions.some(([known]) => known === name))
  );
}

function termOf(term: string): (metric: Metric) => boolean {
  const found = /^([\w:.-]+)\s*=\s*(.+)$/s.exec(term);
  if (found?.[1] === undefined || found[2] === undefined) {
    const word = unquoted(term).toLowerCase();
    return ({ namespace, name, dimensions }) =>
      [namespace, name, ...dimensions.flat()].some((text) => text.toLowerCase().includes(word));
  }
  const property = found[1];
  const exact = found[2].startsWith('"');
  const value = unquoted(found[2]);
  return ({ namespace, name, dimensions }) => {
    const texts =
      property === 'MetricName'
        ? [name]
        : property === 'Namespace'
          ? [namespace]
          : dimensions.filter(([known]) => known === property).map(([, text]) => text);
    return texts.some((text) => (exact ? text === value : text.toLowerCase().includes(value.toLowerCase())));
  };
}
