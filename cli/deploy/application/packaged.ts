import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { unboundedIn } from '../../../grader/targets/marks/bounded-template.ts';
import { packageOf, type Package } from './build/package.ts';
import { edited, type Edit } from './edited.ts';
import { ApplicationFailure } from './fault.ts';
import { imageFunctions, localCodeOf, type LocalCode } from './local-code.ts';
import { readTemplateFile, type Template } from './template.ts';
import { upload, type Uploaded } from './upload.ts';

/** Where packages go. */
export interface Store {
  readonly s3: S3Client;
  readonly bucket: string;
  /** The first part of every key. */
  readonly prefix: string;
  /** Where a template that lies in the bucket is read from. */
  readonly address: (key: string) => Promise<string>;
  /** ARN of the policy that bounds every role of the template. */
  readonly boundary?: string | undefined;
  readonly onUploaded: (code: LocalCode, uploaded: Uploaded) => void;
}

/**
 * Builds and uploads all that a template names beside itself.
 * @param workspace where the places of mistakes are told from
 * @returns the template's text with the addresses of what was uploaded
 * @throws ApplicationFailure
 */
export async function packaged(template: Template, store: Store, workspace: string): Promise<string> {
  const [image] = imageFunctions(template);
  if (image !== undefined) throw new ApplicationFailure({ kind: 'imageFunction', logicalId: image });
  const found = localCodeOf(template);
  // Everything is built before anything is sent: a mistake in the last function costs no upload.
  const packages = new Map<string, Promise<Package>>();
  const built = await Promise.all(
    found.map(async (code) => ({
      code,
      contents: await once(packages, sameBuild(code), () =>
        code.holds === 'template'
          ? nested(code, template, store, workspace)
          : packageOf(code, template.folder, workspace),
      ),
    })),
  );
  const uploads = new Map<Package, Promise<Uploaded>>();
  const edits = await Promise.all(
    built.map(async ({ code, contents }): Promise<Edit> => {
      const uploaded = await once(uploads, contents, () =>
        upload(store.s3, store.bucket, store.prefix, contents),
      );
      store.onUploaded(code, uploaded);
      return {
        path: ['Resources', code.logicalId, 'Properties', code.property],
        value: await addressOf(code, store, uploaded.key),
      };
    }),
  );
  const { boundary } = store;
  const bounds = boundary === undefined ? [] : unboundedIn(template.tree);
  return edited(template, [...edits, ...bounds.map((path) => ({ path, value: boundary }))]);
}

/** Functions that share their code share its package, too. */
const sameBuild = ({ holds, path, handler, metadata }: LocalCode): string =>
  JSON.stringify({ holds, path, handler, metadata });

function once<Key, Value>(
  made: Map<Key, Promise<Value>>,
  key: Key,
  make: () => Promise<Value>,
): Promise<Value> {
  const there = made.get(key) ?? make();
  made.set(key, there);
  return there;
}

/** A template in a template: packaged as the outer one is. */
async function nested(
  code: LocalCode,
  { folder }: Template,
  store: Store,
  workspace: string,
): Promise<Package> {
  const file = resolve(folder, code.path);
  const { logicalId, property, path } = code;
  if (!existsSync(file)) throw new ApplicationFailure({ kind: 'nothingThere', logicalId, property, path });
  const inner = readTemplateFile(file, resolve(file, '..'));
  return { contents: Buffer.from(await packaged(inner, store, workspace)), extension: '.template' };
}

async function addressOf({ address }: LocalCode, { bucket, address: urlOf }: Store, key: string) {
  switch (address.form) {
    case 's3Uri':
      return `s3://${bucket}/${key}`;
    case 's3Object':
      return { [address.bucket]: bucket, [address.key]: key };
    case 'url':
      return urlOf(key);
  }
}
