/** What a record of 11st is known by: all that the calls about it need, and nothing that is anybody's. */

/** A line of an order. */
export interface LineId {
  readonly ordNo: string;
  readonly ordPrdSeq: string;
  readonly dlvNo: string;
  /** Whether other lines, perhaps of other orders, share the dlvNo. */
  readonly isBundled: boolean;
  readonly addPrdYn: string;
  /** `null`, by this word, where the line is no addition to another product. */
  readonly addPrdNo: string;
}

export interface CancellationId {
  readonly ordNo: string;
  readonly ordPrdSeq: string;
  readonly ordPrdCnSeq: string;
}

const LINE = /^(\d{1,30})-(\d{1,10})-(\d{1,30})-(bundle|single)-([YN])-(null|\d{1,30})$/;
const CANCELLATION = /^cancel-(\d{1,30})-(\d{1,10})-(\d{1,30})$/;

/** Undefined where a field is missing. */
export function lineRecordId(read: (field: string) => string | undefined): string | undefined {
  const addPrdNo = read('addPrdNo') ?? '0';
  const parts = [
    read('ordNo'),
    read('ordPrdSeq'),
    read('dlvNo'),
    read('bndlDlvYN') === 'Y' ? 'bundle' : 'single',
    read('addPrdYn') ?? 'N',
    // 0: the guide's word for none in lists; calls want null.
    addPrdNo === '0' ? 'null' : addPrdNo,
  ];
  return parts.includes(undefined) ? undefined : matching(LINE, parts.join('-'));
}

/** Returns and exchanges share numbers: one can become the other. */
export function claimRecordId(read: (field: string) => string | undefined): string | undefined {
  const line = `${read('ordNo')}-${read('ordPrdSeq')}`;
  const cancellation = read('ordPrdCnSeq');
  const other = read('clmReqSeq');
  if (cancellation !== undefined) return matching(CANCELLATION, `cancel-${line}-${cancellation}`);
  return matching(/^claim-\d+-\d+-\d+$/, `claim-${line}-${other}`);
}

function matching(form: RegExp, id: string): string | undefined {
  return form.test(id) && id.length <= 120 ? id : undefined;
}

export function readLineId(recordId: string): LineId | undefined {
  const matched = LINE.exec(recordId);
  if (!matched) return undefined;
  const [, ordNo = '', ordPrdSeq = '', dlvNo = '', bundle, addPrdYn = '', addPrdNo = ''] = matched;
  return { ordNo, ordPrdSeq, dlvNo, isBundled: bundle === 'bundle', addPrdYn, addPrdNo };
}

export function readCancellationId(recordId: string): CancellationId | undefined {
  const matched = CANCELLATION.exec(recordId);
  if (!matched) return undefined;
  const [, ordNo = '', ordPrdSeq = '', ordPrdCnSeq = ''] = matched;
  return { ordNo, ordPrdSeq, ordPrdCnSeq };
}
