import { expect, test } from 'vitest';
import { Turns } from '../../src/threads/turns.ts';

const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('each client has so many turns at a time, whatever others ask', async () => {
  const turns = new Turns(2);
  expect(await turns.take('a', never)).toBe(true);
  expect(await turns.take('a', never)).toBe(true);
  const order: string[] = [];
  for (const name of ['third', 'fourth']) void turns.take('a', never).then(() => order.push(name));
  expect(await turns.take('b', never)).toBe(true);
  await settled();
  expect(order).toEqual([]);
  turns.give('b');
  await settled();
  expect(order).toEqual([]);
  turns.give('a');
  await settled();
  expect(order).toEqual(['third']);
  turns.give('a');
  await settled();
  expect(order).toEqual(['third', 'fourth']);
});

test('whoever waits no longer has no turn, and is in nobody’s way', async () => {
  const turns = new Turns(1);
  expect(await turns.take('a', never)).toBe(true);
  const gone = new AbortController();
  const order: string[] = [];
  const waits = turns.take('a', gone.signal);
  void turns.take('a', never).then(() => order.push('next'));
  gone.abort();
  expect(await waits).toBe(false);
  expect(await turns.take('a', gone.signal)).toBe(false);
  expect(order).toEqual([]);
  turns.give('a');
  await settled();
  expect(order).toEqual(['next']);
  turns.give('a');
  expect(await turns.take('a', never)).toBe(true);
});
