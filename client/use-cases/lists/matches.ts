import { matchesInForce } from '../../../db/queries/match-versions';
import { configurationCodes } from '../../../db/queries/matches';
import { type Deal, dealKey } from '../../../domain/deal';
import { seoulStamp } from '../../../domain/seoul';
import type { ListRow } from '../../import/list-file';
import { writeDecision } from '../decide-deal';
import { firstOfEach } from './first-of-each';
import { type Flaw, type ListChange, type ListKind, requireFewChanges } from './list-kind';
import { RowReader } from './row-reader';

interface Row extends Deal {
  readonly reader: RowReader;
  readonly configuration: string;
  readonly holdsFrom: Date | null;
}

/** What deals stand for: a row for each; who decided it, when and why goes out, and is not taken in. */
export const matchList: ListKind = {
  title: '매칭',
  mostChanges: 5_000,
  columns: [
    { field: 'channel', header: '채널', width: 14 },
    { field: 'deal', header: '상품', width: 44 },
    { field: 'option', header: '옵션', width: 36 },
    { field: 'configuration', header: '구성안코드', width: 20 },
    { field: 'holdsFrom', header: '적용시작', width: 20, isOptional: true },
    { field: 'version', header: '버전', width: 8, isNumber: true, isOptional: true },
    { field: 'madeBy', header: '정한사람', width: 14, isOptional: true },
    { field: 'madeAt', header: '정한때', width: 20, isOptional: true },
    { field: 'reason', header: '사유', width: 30, isOptional: true },
  ],
  async rows(db) {
    return (await matchesInForce(db)).map((match) => [
      match.channel,
      match.deal,
      match.option,
      match.configuration,
      stamp(match.holdsFrom),
      match.version,
      match.madeBy,
      stamp(match.madeAt),
      match.reason,
    ]);
  },
  async apply(tx, rows, command, flaws) {
    const codes = new Set(await configurationCodes(tx));
    const known = new Map((await matchesInForce(tx)).map((match) => [match.dealKey, match]));
    const changes: ListChange[] = [];
    const jobs: number[] = [];
    let unchanged = 0;
    const read = rows.map((row) => readRow(row, codes, flaws));
    for (const { reader, configuration, holdsFrom, ...deal } of firstOfEach(read, 'deal', dealKey)) {
      const before = known.get(dealKey(deal));
      if (before?.configuration === configuration && stamp(before.holdsFrom) === stamp(holdsFrom)) {
        unchanged += 1;
        continue;
      }
      reader.requireVersion(before?.version ?? 0);
      requireFewChanges(changes, matchList);
      await reader.attempt(async () => {
        const decision = { configuration, holdsFrom: holdsFrom ?? undefined };
        const { jobId } = await writeDecision(tx, deal, decision, command, { seen: before?.version ?? 0 });
        if (jobId !== null) jobs.push(jobId);
        const name = [deal.channel, deal.deal, deal.option].filter((part) => part !== '').join(' / ');
        const now = before === undefined ? null : inWords(before);
        changes.push({ row: reader.row, name, before: now, after: inWords({ configuration, holdsFrom }) });
      });
    }
    return { changes, unchanged, jobs };
  },
};

function readRow(row: ListRow, codes: ReadonlySet<string>, flaws: Flaw[]): Row {
  const reader = new RowReader(row, flaws);
  const configuration = reader.code('configuration');
  if (reader.isWhole && !codes.has(configuration))
    reader.refuse(`is no configuration: ${configuration}`, 'configuration');
  return {
    reader,
    channel: reader.code('channel'),
    deal: reader.text('deal', 500),
    option: reader.text('option', 500, false),
    configuration,
    holdsFrom: reader.moment('holdsFrom'),
  };
}

/** As files tell a time: to the second, in Seoul. */
function stamp(at: Date | null): string {
  return at === null ? '' : seoulStamp(at).replace('T', ' ');
}

function inWords({
  configuration,
  holdsFrom,
}: {
  readonly configuration: string;
  readonly holdsFrom: Date | null;
}): string {
  return holdsFrom === null ? configuration : `${configuration} (${stamp(holdsFrom)})`;
}
