import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/*
 * The least that a server can do: a POST is answered by the bytes of a file, a GET by an empty 304.
 *   bytes.js <file>
 */
const bytes = readFileSync(process.argv[2] ?? '');
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length };

const server = createServer((request, response) => {
  request.resume().once('end', () => {
    if (request.method === 'POST') response.writeHead(200, headers).end(bytes);
    else response.writeHead(304).end();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
});
