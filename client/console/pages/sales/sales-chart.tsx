import { useMemo } from 'react';
import { useFormat } from '../../format';
import { Chart, type ChartOption } from '../../parts/chart';
import { useWords } from '../../words';
import { type SalesAnswer, type SalesAnswerRow, useLabel } from './figures';
import { byWords, words } from './words';

/** More bars than that cannot be told apart; the table has the rest. */
const MOST_BARS = 20;

export function SalesChart({ report }: { report: SalesAnswer }) {
  const t = useWords(words);
  const { won } = useFormat();
  const bys = useWords(byWords);
  const labelOf = useLabel();
  const { by, rows, earlier } = report;
  const shown = by === 'day' ? rows : rows.slice(0, MOST_BARS);
  const labels = shown.map(labelOf);
  const series = earlier === null ? [t.now] : [t.now, t.before];
  const amounts = series.map((_, n) => shown.map((row) => amountOf(row, n)));
  const option = useMemo(
    () => optionOf(by === 'day' ? 'line' : 'bar', labels, series, amounts),
    // What is drawn, by its content: the arrays are new each time.
    [by, JSON.stringify([labels, series, amounts])],
  );
  const table = {
    head: [bys[by], ...series],
    rows: shown.map((row, n) => [labels[n] ?? '', ...series.map((_, of) => won(amountOf(row, of)))]),
  };
  return <Chart label={t.chart} option={option} table={table} height={260} />;
}

function amountOf(row: SalesAnswerRow, series: number): string {
  return series === 0 ? row.amount : (row.earlier?.amount ?? '0');
}

function optionOf(
  type: 'line' | 'bar',
  labels: readonly string[],
  series: readonly string[],
  amounts: readonly (readonly string[])[],
): ChartOption {
  return {
    color: ['#4263eb', '#868e96'],
    grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
    legend: { data: [...series], top: 0 },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: [...labels] },
    yAxis: { type: 'value' },
    series: series.map((name, n) => ({
      type,
      name,
      data: (amounts[n] ?? []).map(Number),
      ...(type === 'line' ? { showSymbol: false, lineStyle: { type: n === 0 ? 'solid' : 'dashed' } } : {}),
    })),
  };
}
