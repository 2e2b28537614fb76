import { randomInt } from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const keyLetters = `${letters}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/**
 * An id as API Gateway draws them: ten letters for APIs, their root resources and API keys, six for what is
 * inside, seven for routes and integrations of HTTP and WebSocket APIs.
 * @param taken whether there is one of this name already
 */
export function drawId(length: 6 | 7 | 10, taken: (id: string) => boolean): string {
  for (;;) {
    const id = draw(letters, length);
    if (!taken(id)) return id;
  }
}

/** The value of an API key that AWS chooses: forty letters. */
export const drawKeyValue = (): string => draw(keyLetters, 40);

function draw(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
