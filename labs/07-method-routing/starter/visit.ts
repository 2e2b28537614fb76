/* Asks the API as any client would, and prints what comes back. */
import { setTimeout } from 'node:timers/promises';

/** @param address the stage's address */
export async function visit(address: string): Promise<void> {
  console.log(`address    ${address}`);
  await show(address, 'GET /books');
  await show(
    address,
    'POST /books',
    '{"id": "813.7 한12ㅅ", "title": "Human Acts", "author": "Han Kang", "year": 2014}',
  );
  await show(address, 'POST /books', '{"title": "A book without an id"}');
  await show(address, `GET /books/${encodeURIComponent('813.7 한12ㅅ')}`);
  await show(address, 'GET /books/search?q=human');
  await show(address, 'GET /books/search');
  await show(address, `DELETE /books/${encodeURIComponent('813.7 한12ㅅ')}`);
  await show(address, 'OPTIONS /books');
  await show(address, 'GET /shelves/3');
}

async function show(address: string, asked: string, body?: string): Promise<void> {
  const [method = '', path = ''] = asked.split(' ');
  const headers = { 'content-type': 'application/json', origin: 'https://books.example' };
  const answer = await whenKnown(() => fetch(`${address}${path}`, { method, headers, body }));
  const line = [asked.padEnd(44), answer.status, await answer.text()];
  console.log(`           ${line.join('  ')}`);
}

/** The name of a new API can take a moment until every name server knows it. */
async function whenKnown(ask: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 15) throw error;
      await setTimeout(1000);
    }
  }
}
