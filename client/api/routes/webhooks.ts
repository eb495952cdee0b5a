import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Received, Webhooks } from '../../../activities/receive-webhook';

const RETRY_AFTER_SECONDS = 30;

/**
 * `POST /webhooks/wms/<connection id>`. The body stays the bytes that came: a signature is over them. 2xx
 * means that what it tells is in MySQL; whatever else makes the WMS send it again, which changes nothing.
 */
export function addWebhooks(scope: FastifyInstance, webhooks: Webhooks): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  scope.post<{ Params: { wms: string } }>('/webhooks/wms/:wms', async (request, reply) => {
    const { headers, params, body } = request;
    const query = new URL(request.url, 'http://api').searchParams;
    const bytes = body instanceof Uint8Array ? body : new Uint8Array();
    return answer(reply, await webhooks.receive(params.wms, { headers, query, body: bytes }));
  });
}

function answer(reply: FastifyReply, received: Received) {
  switch (received.kind) {
    case 'recorded':
      return reply.code(200).send({ parcels: received.parcels });
    case 'no-webhook':
      return reply.code(404).send({ error: 'no WMS of this name sends webhooks' });
    case 'unsigned':
      return reply.code(401).send({ error: 'the signature or the secret does not fit' });
    case 'unreadable':
      return reply.code(400).send({ error: 'this is no webhook of this WMS' });
    case 'later': {
      const { afterMs } = received;
      const seconds = afterMs === undefined ? RETRY_AFTER_SECONDS : Math.ceil(afterMs / 1000);
      return reply.code(503).header('retry-after', seconds).send({ error: 'try again later' });
    }
  }
}
