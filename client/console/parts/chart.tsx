import { Box, VisuallyHidden } from '@mantine/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';

export type ChartOption = EChartsCoreOption;

/** The same numbers for those who do not see the chart. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A chart of ECharts with its numbers as a table for those who do not see it. */
export function Chart({
  label,
  option,
  table,
  height = 220,
}: {
  label: string;
  option: ChartOption;
  table: ChartTable;
  height?: number;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<Promise<EChartsType | undefined>>(undefined);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let isGone = false;
    const drawn = import('./echarts').then(({ init }) => (isGone ? undefined : init(element)));
    chart.current = drawn;
    const watch = new ResizeObserver(() => void drawn.then((one) => one?.resize()));
    watch.observe(element);
    return () => {
      isGone = true;
      watch.disconnect();
      void drawn.then((one) => one?.dispose());
    };
  }, []);
  useEffect(() => {
    void chart.current?.then((one) => {
      if (one !== undefined && !one.isDisposed())
        one.setOption({ animation: false, ...option }, { notMerge: true });
    });
  }, [option]);
  return (
    <Box role="figure" aria-label={label} pos="relative">
      <div ref={frame} style={{ height }} aria-hidden="true" />
      <VisuallyHidden>
        <AsTable label={label} table={table} />
      </VisuallyHidden>
    </Box>
  );
}

function AsTable({ label, table: { head, rows } }: { label: string; table: ChartTable }) {
  return (
    <table>
      <caption>{label}</caption>
      <thead>
        <tr>
          {head.map((text) => (
            <th key={text} scope="col">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...rest]) => (
          <tr key={first}>
            <th scope="row">{first}</th>
            {rest.map((value, column) => (
              <td key={head[column + 1]}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
