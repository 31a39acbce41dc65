/// Bars by ECharts, loaded only where a chart is shown.
import { theme } from 'antd';
import { BarChart as Bars } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useLocalization } from '../../i18n';

register([Bars, GridComponent, TooltipComponent, LegendComponent, AriaComponent, CanvasRenderer]);

export interface BarChartProperties {
  label?: string;
  names: string[];
  series: { title: string; values: number[] }[];
  horizontal?: boolean;
}

const mostBars = 30;

function useOption({ names, series, horizontal }: BarChartProperties): EChartsCoreOption {
  const { token } = theme.useToken();
  const { number } = useLocalization();
  const text = { color: token.colorTextSecondary, fontFamily: token.fontFamily };
  const category = {
    type: 'category',
    data: names.slice(0, mostBars),
    inverse: horizontal,
    axisLabel: { ...text, width: 120, overflow: 'truncate' },
    axisLine: { lineStyle: { color: token.colorBorder } },
  };
  const value = {
    type: 'value',
    minInterval: 1,
    axisLabel: { ...text, formatter: (figure: number) => number(figure), hideOverlap: true },
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
    grid: { left: 8, right: 24, top: series.length > 1 ? 32 : 12, bottom: 8, containLabel: true },
    xAxis: horizontal ? value : category,
    yAxis: horizontal ? category : value,
    series: series.map((one) => ({
      type: 'bar',
      name: one.title,
      data: one.values.slice(0, mostBars),
      barMaxWidth: 22,
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
