import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Outcome } from '../outcome';
import { type Message, textOf } from './message';
import type { AlertSettings } from './settings';

const TIMEOUT_MS = 10_000;

/** Its message quotes addresses, so that it is never passed on. */
const failureSchema = z.object({
  code: z.string().catch('unknown error'),
  command: z.string().catch(''),
  responseCode: z.number().optional().catch(undefined),
});
/** Until the sender has been named, no mail is under way. */
const BEFORE_MAIL = new Set(['CONN', 'EHLO', 'HELO', 'STARTTLS', 'AUTH', 'AUTH PLAIN', 'AUTH LOGIN']);
const LASTING = 500;

/** Gives the mail server one mail, in one try. */
export async function sendMail(to: string, message: Message, mail: AlertSettings['mail']): Promise<Outcome> {
  if (mail === undefined) return { kind: 'refused', reason: 'no mail server is named: set BOOSTA_SMTP_URL' };
  const transport = createTransport({
    url: mail.smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  try {
    await transport.sendMail({ from: mail.from, to, subject: message.title, text: textOf(message) });
    return { kind: 'done' };
  } catch (error) {
    return judge(failureSchema.parse(error));
  } finally {
    transport.close();
  }
}

function judge({ code, command, responseCode }: z.output<typeof failureSchema>) {
  if (responseCode !== undefined) {
    const reason = `the mail server answered ${responseCode}`;
    return { kind: responseCode >= LASTING ? 'refused' : 'not-received', reason } as const;
  }
  if (BEFORE_MAIL.has(command))
    return { kind: 'not-received', reason: `the mail server does not answer (${code})` } as const;
  return { kind: 'unknown', reason: `the mail server broke off (${code})` } as const;
}
