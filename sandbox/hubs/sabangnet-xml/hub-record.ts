import iconv from 'iconv-lite';
import type { HandMade } from './entries';
import { CANCELLATION_WORDS, type HubFields, type HubStatus, hubTime } from './fields';

export interface Invoice {
  readonly at: number;
  readonly carrierCode: string;
  readonly invoice: string;
}

/** What a customer asks for of a line after ordering it. */
export interface HubClaim {
  readonly number: string;
  /** When the hub collected it, in epoch milliseconds. */
  readonly at: number;
  readonly words: string;
  readonly record: HubRecord;
}

/** One order line in the hub. What it looks like at a moment is computed, so that a restart changes nothing. */
export class HubRecord {
  read = false;
  /** Epoch milliseconds; in the future where the customer is going to cancel. */
  cancelAt: number | null;
  readonly invoices: Invoice[] = [];
  #written: { form: string; invoices: number; before: Buffer; after: Buffer | null } | null = null;

  constructor(
    readonly idx: string,
    /** When the hub collected it, in epoch milliseconds. */
    readonly collectedAt: number,
    readonly fields: HubFields,
    cancelAt: number | null,
    readonly made: HandMade | null = null,
  ) {
    this.cancelAt = cancelAt;
  }

  /** The order of the hub's answers: recipient, postcode, address, its own number. */
  get sortKey(): string {
    const { RECEIVE_NAME = '', RECEIVE_ZIPCODE = '', RECEIVE_ADDR = '' } = this.fields;
    return [RECEIVE_NAME, RECEIVE_ZIPCODE, RECEIVE_ADDR, this.idx.padStart(20, '0')].join('\u0000');
  }

  /** A customer cannot cancel any more what has a tracking number. */
  isCancelled(now: number): boolean {
    const [first] = this.invoices;
    return this.cancelAt !== null && this.cancelAt <= now && !(first && first.at <= this.cancelAt);
  }

  status(now: number, mallTakesInvoiceAfterMs: number | null): HubStatus {
    if (this.isCancelled(now)) return '취소접수';
    const invoice = this.invoices.at(-1);
    if (!invoice) return this.read ? '주문확인' : '신규주문';
    const taken = mallTakesInvoiceAfterMs !== null && now - invoice.at >= mallTakesInvoiceAfterMs;
    return taken ? '출고완료' : '출고대기';
  }

  /** The `<DATA>` element in pieces; only the status in the middle changes from answer to answer. */
  write(form: AnswerForm, status: string): readonly Buffer[] {
    const invoices = this.invoices.length;
    if (this.#written?.form !== form.key || this.#written.invoices !== invoices)
      this.#written = { form: form.key, invoices, ...this.#pieces(form) };
    const { before, after } = this.#written;
    return after ? [before, form.encode(status), after] : [before];
  }

  /** The customer's cancellation as a claim of its own; its words are the mall's. */
  cancellation(now: number): HubClaim | undefined {
    if (!this.isCancelled(now) || this.cancelAt === null) return undefined;
    const words = CANCELLATION_WORDS[this.fields.MALL_ID ?? ''] ?? '취소';
    return { number: `7${this.idx}`, at: this.cancelAt, words, record: this };
  }

  writeClaim({ number, at, words }: HubClaim, { names, encode }: AnswerForm): Buffer {
    const values: HubFields = {
      ...this.#values(),
      CL_IDX: number,
      CLAME_STATUS_GUBUN: words,
      CLAME_CONTENT: '단순 변심',
      CLAME_INS_DATE: hubTime(at),
      CLAME_REG_DATE: hubTime(at),
    };
    return encode(
      `<DATA>${names.map((name) => `<${name}>${cdata(values[name] ?? '')}</${name}>`).join('')}</DATA>\n`,
    );
  }

  #pieces({ names, encode }: AnswerForm): { before: Buffer; after: Buffer | null } {
    if (this.made) return { before: this.#handMade(this.made, names, encode), after: null };
    const values = this.#values();
    const elements = names.map((name) => `<${name}>${cdata(values[name] ?? '')}</${name}>`);
    const status = names.indexOf('ORDER_STATUS');
    if (status === -1) return { before: encode(`<DATA>${elements.join('')}</DATA>\n`), after: null };
    return {
      before: encode(`<DATA>${elements.slice(0, status).join('')}<ORDER_STATUS><![CDATA[`),
      after: encode(`]]></ORDER_STATUS>${elements.slice(status + 1).join('')}</DATA>\n`),
    };
  }

  #values(): HubFields {
    const invoice = this.invoices.at(-1);
    return {
      ...this.fields,
      IDX: this.idx,
      REG_DATE: hubTime(this.collectedAt),
      DELIVERY_ID: invoice?.carrierCode ?? '',
      INVOICE_NO: invoice?.invoice ?? '',
    };
  }

  /** What is left out of it is missing, what is in it wins; its status stays as it was made. */
  #handMade(made: HandMade, names: readonly string[], encode: AnswerForm['encode']): Buffer {
    if (made.whole !== undefined) return Buffer.from(made.whole, 'base64');
    const values: HubFields = { IDX: this.idx, ORDER_STATUS: '신규주문', ...made.fields };
    const plain = names.filter((name) => name in values && !(name in made.xml) && !(name in made.bytes));
    return Buffer.concat([
      Buffer.from('<DATA>'),
      ...plain.map((name) => encode(`<${name}>${cdata(values[name] ?? '')}</${name}>`)),
      ...Object.entries(made.xml).map(([name, content]) => encode(`<${name}>${content}</${name}>`)),
      ...Object.entries(made.bytes).flatMap(([name, base64]) => [
        Buffer.from(`<${name}>`),
        Buffer.from(base64, 'base64'),
        Buffer.from(`</${name}>`),
      ]),
      Buffer.from('</DATA>\n'),
    ]);
  }
}

function cdata(text: string): string {
  return text === '' ? '' : `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** What an answer has been asked to look like. */
export class AnswerForm {
  readonly key: string;
  readonly #words = new Map<string, Buffer>();

  constructor(
    readonly names: readonly string[],
    readonly utf8: boolean,
  ) {
    this.key = `${utf8 ? 'utf-8' : 'euc-kr'} ${names.join('|')}`;
  }

  readonly encode = (text: string): Buffer => {
    if (text.length > 10) return this.#encode(text);
    const known = this.#words.get(text) ?? this.#encode(text);
    this.#words.set(text, known);
    return known;
  };

  #encode(text: string): Buffer {
    return this.utf8 ? Buffer.from(text) : iconv.encode(text, 'cp949');
  }
}
