/// What each threshold is expected to give (阈值曲线), with a table twin. A drawing of two lines needs no chart library.
import { Segmented, Table } from 'antd';
import { useState } from 'react';
import type { ThresholdPoint } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Panel } from '../../shell/page';
import { useBits } from './bits';
import { acrossOf, lineOf, pointAt } from './geometry';

const surface = { width: 600, height: 200, left: 44, top: 12, bottom: 26 } as const;

interface CurveProperties {
  points: ThresholdPoint[];
  /// From here on records are linked.
  threshold?: number;
  /// From here on a person looks.
  review?: number;
}

function Mark({
  points,
  bits,
  label,
  kind,
}: {
  points: ThresholdPoint[];
  bits: number;
  label: string;
  kind: string;
}) {
  const across = surface.left + acrossOf(points, bits) * surface.width;
  return (
    <g className={`curve-mark ${kind}`}>
      <line x1={across} x2={across} y1={surface.top} y2={surface.top + surface.height} />
      <text x={across + 4} y={surface.top + surface.height - 6}>
        {label}
      </text>
    </g>
  );
}

function Drawing({ points, threshold, review }: CurveProperties) {
  const { t, share } = useLocalization();
  const bits = useBits();
  const { width, height, left, top, bottom } = surface;
  const ends = [points[0]?.bits ?? 0, 0, 10, points.at(-1)?.bits ?? 0];
  return (
    <svg
      className="curve"
      viewBox={`0 0 ${left + width + 12} ${top + height + bottom}`}
      role="img"
      aria-label={t('linkage.curve')}
    >
      {[0, 0.25, 0.5, 0.75, 1].map((part) => (
        <g key={part} className="curve-grid">
          <line x1={left} x2={left + width} y1={top + (1 - part) * height} y2={top + (1 - part) * height} />
          <text x={left - 6} y={top + (1 - part) * height + 4} textAnchor="end">
            {share(part)}
          </text>
        </g>
      ))}
      {[...new Set(ends)].map((end) => (
        <text
          key={end}
          className="curve-foot"
          x={left + acrossOf(points, end) * width}
          y={top + height + 18}
          textAnchor="middle"
        >
          {bits(end)}
        </text>
      ))}
      <g transform={`translate(${left} ${top})`}>
        <polyline
          className="curve-precision"
          points={lineOf(points, (point) => point.precision, width, height)}
        />
        <polyline className="curve-recall" points={lineOf(points, (point) => point.recall, width, height)} />
      </g>
      {review !== undefined && (
        <Mark points={points} bits={review} label={t('linkage.review_from')} kind="review" />
      )}
      {threshold !== undefined && (
        <Mark points={points} bits={threshold} label={t('linkage.link_from')} kind="threshold" />
      )}
    </svg>
  );
}

function Twin({ points }: { points: ThresholdPoint[] }) {
  const { t, share } = useLocalization();
  const bits = useBits();
  return (
    <Table<ThresholdPoint>
      size="small"
      rowKey="bits"
      dataSource={points}
      pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { key: 'bits', title: t('linkage.threshold'), render: (_, point) => bits(point.bits) },
        {
          key: 'precision',
          title: t('linkage.precision'),
          align: 'right',
          render: (_, point) => share(point.precision),
        },
        {
          key: 'recall',
          title: t('linkage.recall'),
          align: 'right',
          render: (_, point) => share(point.recall),
        },
      ]}
    />
  );
}

export function ThresholdCurve(properties: CurveProperties) {
  const { t, share } = useLocalization();
  const bits = useBits();
  const [shape, setShape] = useState<'chart' | 'table'>('chart');
  const { points, threshold } = properties;
  const at = threshold === undefined ? undefined : pointAt(points, threshold);
  return (
    <Panel
      title={t('linkage.curve')}
      extra={
        <Segmented
          size="small"
          value={shape}
          aria-label={t('linkage.curve')}
          onChange={setShape}
          options={[
            { value: 'chart', label: t('overview.chart') },
            { value: 'table', label: t('overview.table') },
          ]}
        />
      }
    >
      {shape === 'table' ? <Twin points={points} /> : <Drawing {...properties} />}
      <p className="soft curve-legend">
        <span className="curve-key precision" aria-hidden="true" /> {t('linkage.precision')}{' '}
        <span className="curve-key recall" aria-hidden="true" /> {t('linkage.recall')}
      </p>
      {threshold !== undefined && at && (
        <p data-test="curve-said">
          {t('linkage.curve_said', {
            bits: bits(threshold),
            precision: share(at.precision),
            recall: share(at.recall),
          })}
        </p>
      )}
    </Panel>
  );
}
