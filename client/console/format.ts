import { useLanguage } from './words';

const LOCALES = { ko: 'ko-KR', en: 'en-GB' } as const;
const ZONE = 'Asia/Seoul';

/** Numbers, won and times as people in Seoul read them. */
export function useFormat() {
  const locale = LOCALES[useLanguage()];
  const number = new Intl.NumberFormat(locale);
  const won = new Intl.NumberFormat(locale, { style: 'currency', currency: 'KRW' });
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: ZONE,
    year: '2-digit',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'short' });
  return {
    number: (value: number) => number.format(value),
    /** @param amount whole won, as the API gives it. */
    won: (amount: string) => won.format(BigInt(amount)),
    /** @param text ISO 8601. */
    time: (text: string) => time.format(new Date(text)),
    /** How long ago, in the largest unit that fits. */
    ago: (text: string) => agoOf(relative, (new Date(text).getTime() - Date.now()) / 1000),
  };
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

function agoOf(relative: Intl.RelativeTimeFormat, seconds: number): string {
  for (const [unit, size] of UNITS)
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  return relative.format(Math.round(seconds), 'second');
}
