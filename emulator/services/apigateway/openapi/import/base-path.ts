import { own, part, parts, text, type ApiDocument } from '../../../../gateway/openapi/document.ts';
import type { ImportOptions } from './options.ts';

/** `/v1/shop` of a document, `` where it has none. */
export function basePathOf({ dialect, root }: ApiDocument): string {
  if (dialect === 'swagger') return clean(text(own(root, 'basePath')) ?? '');
  const [server] = parts(own(root, 'servers'));
  if (server === undefined) return '';
  const variables = part(own(server, 'variables'));
  const url = (text(server['url']) ?? '').replaceAll(
    /\{([^}]+)\}/g,
    (_whole, name: string) => text(part(own(variables, name))['default']) ?? '',
  );
  return clean(url.replace(/^[a-z]+:\/\/[^/]*/i, ''));
}

/**
 * What goes before every path: nothing, the whole base path, or what follows its first part, which names the stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
export function prefixFor(handling: ImportOptions['basePath'], basePath: string): string {
  switch (handling) {
    case 'ignore':
      return '';
    case 'prepend':
      return basePath;
    case 'split':
      return clean(basePath.split('/').slice(2).join('/'));
  }
}

const clean = (path: string): string => {
  const inside = path.split('/').filter((one) => one !== '');
  return inside.length === 0 ? '' : `/${inside.join('/')}`;
};
