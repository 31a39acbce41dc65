/// Bars by ECharts, loaded only where a chart is shown.
import { theme } from 'antd';
import { BarChart as Bars } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useLocalization } from '../../i18n';
import { isWide } from './scale';

register([Bars, GridComponent, TooltipComponent, LegendComponent, AriaComponent, CanvasRenderer]);

export interface BarChartProperties {
  label?: string;
  names: string[];
  series: { title: string; values: number[] }[];
  horizontal?: boolean;
}

const mostBars = 30;
const mostLabelled = 15;
const foot = 0.5;

function useOption({ names, series, horizontal }: BarChartProperties): EChartsCoreOption {
  const { token } = theme.useToken();
  const { number } = useLocalization();
  const isLogarithmic = isWide(series.flatMap((one) => one.values.slice(0, mostBars)));
  const text = { color: token.colorTextSecondary, fontFamily: token.fontFamily };
  const category = {
    type: 'category',
    data: names.slice(0, mostBars),
    inverse: horizontal,
    axisLabel: { ...text, width: 120, overflow: 'truncate' },
    axisLine: { lineStyle: { color: token.colorBorder } },
  };
  const value = {
    type: isLogarithmic ? 'log' : 'value',
    // One customer must be a bar too: on a logarithmic scale 1 would be the foot.
    ...(isLogarithmic && { min: foot, startValue: foot }),
    minInterval: 1,
    axisLabel: {
      ...text,
      formatter: (figure: number) => (figure < 1 ? '' : number(figure)),
      hideOverlap: true,
    },
    splitLine: { lineStyle: { color: token.colorBorderSecondary } },
  };
  return {
    animation: false,
    aria: { enabled: true },
    color: [token.colorPrimary, token.colorTextQuaternary],
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      valueFormatter: (figure: unknown) => number(Number(figure)),
    },
    legend: series.length > 1 ? { top: 0, right: 0, textStyle: text } : undefined,
    grid: { left: 8, right: 56, top: 32, bottom: 8, containLabel: true },
    xAxis: horizontal ? value : category,
    yAxis: horizontal ? category : value,
    series: series.map((one) => ({
      type: 'bar',
      name: one.title,
      data: one.values.slice(0, mostBars),
      barMaxWidth: 22,
      label: {
        ...text,
        show: names.length <= mostLabelled && series.length === 1,
        position: horizontal ? 'right' : 'top',
        formatter: ({ value: figure }: { value: number }) => number(figure),
      },
    })),
  };
}

export default function BarChart(properties: BarChartProperties) {
  const frame = useRef<HTMLDivElement>(null);
  const option = useOption(properties);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const chart = init(element);
    chart.setOption(option);
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <div ref={frame} className="chart" role="img" aria-label={properties.label} />;
}
