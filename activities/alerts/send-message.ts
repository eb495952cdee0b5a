import type { AlertWay } from '../../domain/alert';
import { exchangeHttp } from '../http';
import type { Outcome } from '../outcome';
import { type Message, textOf } from './message';
import { sendMail } from './send-mail';
import type { AlertSettings } from './settings';
import { slackBody } from './slack';

const TIMEOUT_MS = 10_000;

/** Sends a message once; nothing is tried again. Reasons never name the address, which is a secret. */
export async function sendMessage(
  to: { readonly via: AlertWay; readonly address: string },
  message: Message,
  settings: AlertSettings,
): Promise<Outcome> {
  if (to.via === 'email') return sendMail(to.address, message, settings.mail);
  const body = to.via === 'slack' ? slackBody(message) : webhookBody(message);
  const { result } = await exchangeHttp({
    method: 'POST',
    url: to.address,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    timeoutMs: TIMEOUT_MS,
  });
  if (result.kind !== 'answered') return result;
  if (result.status < 300) return { kind: 'done' };
  return { kind: result.status < 500 ? 'refused' : 'unknown', reason: `it answered HTTP ${result.status}` };
}

function webhookBody(message: Message) {
  return { text: textOf(message), counts: message.counts, tasks: message.tasks };
}
