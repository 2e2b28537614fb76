import { invalidResource } from '../failures.ts';
import { type Obj, isList, isNothing, isObj, isText } from '../json.ts';
import type { Source } from '../made.ts';

/** `Domain` of an API as it was written, where there is one, with a name and a certificate. */
export function domainOf(source: Source): Obj | undefined {
  const domain = source.properties['Domain'];
  if (isNothing(domain)) return undefined;
  if (!isObj(domain)) throw invalidResource(source.id, "Property 'Domain' should be a map.");
  if (isNothing(domain['DomainName']) || isNothing(domain['CertificateArn']))
    throw invalidResource(
      source.id,
      'Custom Domains only works if both DomainName and CertificateArn are provided.',
    );
  return domain;
}

/** A path below a domain's name that leads to an API. */
export interface MappedPath {
  /** Its part of the mapping's logical id. */
  readonly suffix: string;
  /** As it was written; undefined where no paths are named, and all that is below the name leads to the API. */
  readonly path: string | undefined;
}

export function mappedPaths(source: Source, domain: Obj): MappedPath[] {
  const paths = domain['BasePath'];
  if (isNothing(paths)) return [{ suffix: '', path: undefined }];
  return (isList(paths) ? paths : [paths]).map((path) => {
    if (!isText(path)) throw invalidResource(source.id, 'Basepath must be a string.');
    return { suffix: path.replace(/[^A-Za-z0-9]/g, ''), path };
  });
}

/** A path without the slashes around it. */
export const inner = (path: string): string => path.replace(/^\/+|\/+$/g, '');
