import { maskRaw, maskShape } from './mask-raw';

/**
 * A request or an answer as it was kept of an attempt: a first line of method and address where there is
 * one, a blank line, and a body. Fields that may name a person are masked, and whatever repeats what we know
 * of this order's people, under whatever name a WMS keeps it. What is no document may hold anything.
 */
export function maskExchange(text: string, personal: readonly string[]): string {
  const [, head = '', body = ''] = /^((?:[A-Z]+ \S+)?)(?:\n\n)?([\s\S]*)$/u.exec(text) ?? [];
  return [head, maskBody(body.trim(), personal)].filter((part) => part !== '').join('\n\n');
}

const CODE = /^[A-Z0-9]{1,40}$/u;

function maskBody(body: string, personal: readonly string[]): string {
  if (body === '' || CODE.test(body)) return body;
  if (!/^[[{<]/u.test(body)) return maskShape(body);
  return maskRaw(maskValues(body, personal));
}

/** Shorter pieces are in too many words to say anything. */
const SHORTEST = 4;

function maskValues(body: string, personal: readonly string[]): string {
  const known = personal.filter((value) => value.trim() !== '');
  const tells = (text: string) =>
    known.some((value) => text.includes(value) || (text.length >= SHORTEST && value.includes(text)));
  try {
    const document: unknown = JSON.parse(body);
    return JSON.stringify(document, (_, value: unknown) =>
      typeof value === 'string' && tells(value) ? maskShape(value) : value,
    );
  } catch {
    return known.reduce((text, value) => text.replaceAll(value, maskShape(value)), body);
  }
}
