/** Something to do: count the words of a text. This file knows nothing of AWS. */
export interface Job {
  /** Names the job: sent twice, it is done twice and has one result. */
  readonly id: string;
  readonly text: string;
}

/** @throws Error where it is no job; tried again it will be none either, and so ends in the dead-letter queue */
export function readJob(body: string): Job {
  const { id, text } = JSON.parse(body) as Partial<Record<keyof Job, unknown>>;
  if (typeof id !== 'string' || id === '' || typeof text !== 'string')
    throw new Error('a job has an id and a text');
  return { id, text };
}

/** Words in any language: what the language of the reader takes for a word, without what stands between. */
export function countWords(text: string): number {
  const parts = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text);
  return [...parts].filter(({ isWordLike }) => isWordLike).length;
}
