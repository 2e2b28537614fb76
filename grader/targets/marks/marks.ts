/**
 * What an account that many share wants to know of everything that is made there. None of it is needed on an account
 * of one's own.
 */
export interface Marks {
  /** Whose it is: `LAB_PREFIX` without the hyphen. */
  readonly student?: string;
  /** When it may be deleted by whoever cleans the account: `LAB_EXPIRES`, as `2027-01-31T18:00:00Z`. */
  readonly expires?: string;
  /** ARN of the policy that bounds every role: `LAB_BOUNDARY`. */
  readonly boundary?: string;
}

/** Reads them from a student's environment. @throws never: what is empty counts as absent */
export function marksOf(env: Readonly<Record<string, string | undefined>>): Marks {
  const [student, expires, boundary] = [
    (env.LAB_PREFIX ?? '').replace(/-$/, ''),
    env.LAB_EXPIRES ?? '',
    env.LAB_BOUNDARY ?? '',
  ];
  return {
    ...(student === '' ? {} : { student }),
    ...(expires === '' ? {} : { expires }),
    ...(boundary === '' ? {} : { boundary }),
  };
}

/** The tags of something. @param named what says in its name to which lab it belongs */
export function tagsFor({ student, expires }: Marks, named: string): Readonly<Record<string, string>> {
  const lab = /(?:^|[-/.])(lab\d\d)(?=[-/.]|$)/.exec(named)?.[1];
  return {
    ...(lab === undefined ? {} : { 'coldstart:lab': lab }),
    ...(student === undefined ? {} : { 'coldstart:student': student }),
    ...(expires === undefined ? {} : { 'coldstart:expires': expires }),
  };
}
