import { ServiceFailure } from '../../../service/failure.ts';

/** Bytes from `first` up to and with `last`. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a `Range` header. More than one range, or what is none, means the whole object, as on S3.
 * @throws ServiceFailure 416 where the object has no byte of the range
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (parts === null) return undefined;
  const [, from = '', to = ''] = parts;
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < first) return undefined;
  if (first >= size || (from === '' && Number(to) === 0)) {
    throw new ServiceFailure('InvalidRange', 'The requested range is not satisfiable', {
      status: 416,
      members: { ActualObjectSize: size, RangeRequested: header },
    });
  }
  return { first, last };
}
