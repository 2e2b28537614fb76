/** What a report is made of. This file knows nothing of AWS. */
export interface File {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  readonly changed: Date;
}

export interface Report {
  /** The time that the report is for, ISO 8601. */
  readonly time: string;
  readonly files: number;
  /** Of all files together. */
  readonly bytes: number;
  /** The file that was changed last; absent where there is none. */
  readonly newest?: string;
}

export function reportOn(files: readonly File[], time: string): Report {
  const [newest] = [...files].sort((a, b) => b.changed.getTime() - a.changed.getTime());
  return {
    time,
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    ...(newest === undefined ? {} : { newest: newest.key }),
  };
}

/** One report a time: made twice, the second takes the place of the first. */
export const reportKey = (time: string): string => `reports/${time.slice(0, 16).replace(':', '')}Z.json`;
