import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

export interface CollectedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  /** 1 internal, 2 server, 3 client. */
  kind: number;
  attributes: Record<string, string | number>;
  resource: Record<string, string | number>;
}

/** Collects traces as OTLP over HTTP brings them, until the test is done. */
export interface Collector {
  endpoint: string;
  spans: CollectedSpan[];
  /** The paths that were posted to. */
  paths: string[];
  /** All that came, as it came. */
  bytes(): string;
}

/** @param options `answers`: whether it ever says that it has got something */
export async function openCollector({ answers = true } = {}): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const paths: string[] = [];
  const bodies: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces);
    bodies.push(body);
    paths.push(request.url ?? '');
    spans.push(...spansIn(body));
    if (answers) response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('It listens on no port.');
  return {
    endpoint: `http://127.0.0.1:${at.port}`,
    spans,
    paths,
    bytes: () => Buffer.concat(bodies).toString('latin1'),
  };
}

interface Field {
  number: number;
  value: Buffer | bigint;
}

/** The fields of a message of Protocol Buffers. */
function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const variable = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = Number(variable());
    const type = tag & 7;
    const length = type === 0 ? 0 : type === 1 ? 8 : type === 5 ? 4 : Number(variable());
    const value = type === 0 ? variable() : message.subarray(at, at + length);
    at += length;
    fields.push({ number: tag >> 3, value });
  }
  return fields;
}

const messages = (message: Buffer, number: number): Buffer[] =>
  fieldsOf(message).flatMap((field) => (field.number === number && Buffer.isBuffer(field.value) ? [field.value] : []));

function attributesIn(message: Buffer, number: number): Record<string, string | number> {
  return Object.fromEntries(
    messages(message, number).map((attribute) => {
      const [key = Buffer.alloc(0)] = messages(attribute, 1);
      const [{ value } = { value: 0n }] = fieldsOf(messages(attribute, 2)[0] ?? Buffer.alloc(0));
      return [String(key), Buffer.isBuffer(value) ? String(value) : Number(value)];
    }),
  );
}

function spansIn(request: Buffer): CollectedSpan[] {
  return messages(request, 1).flatMap((ofResource) => {
    const resource = attributesIn(messages(ofResource, 1)[0] ?? Buffer.alloc(0), 1);
    const spans = messages(ofResource, 2).flatMap((ofScope) => messages(ofScope, 2));
    return spans.map((span) => {
      const text = (number: number, encoding: 'hex' | 'utf8') =>
        (messages(span, number)[0] ?? Buffer.alloc(0)).toString(encoding);
      return {
        name: text(5, 'utf8'),
        traceId: text(1, 'hex'),
        spanId: text(2, 'hex'),
        parentSpanId: text(4, 'hex'),
        kind: Number(fieldsOf(span).find(({ number }) => number === 6)?.value ?? 0),
        attributes: attributesIn(span, 9),
        resource,
      };
    });
  });
}
