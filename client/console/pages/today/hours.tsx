import { useMemo } from 'react';
import type { Answer } from '../../../api/contract/route';
import type { readToday } from '../../../api/contract/today';
import { Chart, type ChartOption } from '../../parts/chart';
import { Section } from '../../parts/section';
import { useWords } from '../../words';
import { todayWords } from './words';

/** What came and what left by hour of today in Seoul. */
export function Hours({ hours }: Pick<Answer<typeof readToday>, 'hours'>) {
  const t = useWords(todayWords);
  const option = useMemo(
    (): ChartOption => ({
      color: ['#3b5bdb', '#0ca678'],
      grid: { left: 8, right: 8, top: 32, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: hours.map(({ hour }) => hour) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        { type: 'bar', name: t.arrived, data: hours.map(({ arrived }) => arrived) },
        { type: 'bar', name: t.left, data: hours.map(({ left }) => left) },
      ],
    }),
    [hours, t],
  );
  const rows = hours.map(({ hour, arrived, left }) => [hour, arrived, left]);
  return (
    <Section isTall title={t.hours}>
      <Chart label={t.hours} option={option} table={{ head: [t.hour, t.arrived, t.left], rows }} />
    </Section>
  );
}
