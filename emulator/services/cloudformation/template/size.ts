import { TemplateFailure } from './failure.ts';

/** Most bytes of a template in S3, and of one whose transforms have run. */
const MOST = 1_000_000;

/** Most bytes of a template in the call itself. */
const MOST_IN_CALL = 51_200;

/** Checks the size of a template. @throws TemplateFailure */
export function checkTemplateSize(source: string, from: 'templateBody' | 'templateURL'): void {
  const bytes = Buffer.byteLength(source);
  if (from === 'templateBody' && bytes > MOST_IN_CALL)
    throw new TemplateFailure(
      `1 validation error detected: Value '${source}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MOST_IN_CALL}`,
    );
  if (bytes > MOST) throw new TemplateFailure(`Template may not exceed ${MOST} bytes in size.`);
}
