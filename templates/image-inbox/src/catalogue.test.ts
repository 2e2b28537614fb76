import { expect, it } from 'vitest';
import arrived from '../events/arrived.json' with { type: 'json' };
import { catalogue, type Places } from './catalogue.ts';

const gif = Buffer.from('R0lGODlhBQAEAIAAAAAAAP///w==', 'base64');

function places(head: Uint8Array) {
  const opened: string[] = [];
  const written: unknown[] = [];
  const these: Places = {
    open: async (bucket, key) => {
      opened.push(`${bucket}/${key}`);
      return { head, size: 20_000 };
    },
    write: async (...entry) => void written.push(entry),
  };
  return { opened, written, these };
}

it('reads the file that the event names, its key decoded, and writes what it is', async () => {
  const { opened, written, these } = places(gif);
  await catalogue(these)(arrived);
  expect(opened).toEqual(['image-inbox-000000000000-inbox/pictures/my cat.gif']);
  expect(written).toEqual([['pictures/my cat.gif', { type: 'gif', width: 5, height: 4 }, 20_000]]);
});

it('fails for what is no picture, so that Lambda tries again and says so', async () => {
  const { written, these } = places(Buffer.from('a letter'));
  await expect(catalogue(these)(arrived)).rejects.toThrow('pictures/my cat.gif is no PNG, GIF or JPEG');
  expect(written).toEqual([]);
});
