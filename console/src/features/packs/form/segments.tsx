/// Bands on a line, or grades on their totals: each part named, each bound written, what does not meet marked.
import { useLocalization } from '../../../i18n';
import type { Table } from '../json';
import { bandSegments, gradeSegments, type Segment } from './bounds';
import { useWords } from './words';

function Line({ segments, label }: { segments: Segment[]; label: string }) {
  const { t } = useLocalization();
  const words = useWords();
  if (segments.length === 0) return null;
  return (
    <ol className="segments" aria-label={label} data-test="segments">
      {segments.map((segment, place) => (
        <li
          key={`${segment.id} ${place}`}
          className={segment.meets ? 'segment' : 'segment apart'}
          style={{ flexGrow: Math.max(segment.share, 0.04) }}
          title={words.labelOf(segment.label) || segment.id}
        >
          <span className="segment-name">{words.labelOf(segment.label) || segment.id}</span>
          <span className="segment-begins">
            {segment.begins ?? ' '}
            {!segment.meets && <b> {t('packs.apart')}</b>}
          </span>
        </li>
      ))}
    </ol>
  );
}

export function Picture({ kind, rows, rule }: { kind: 'bounds' | 'grades'; rows: Table[]; rule: Table }) {
  const { t } = useLocalization();
  const segments =
    kind === 'bounds'
      ? bandSegments(rows)
      : gradeSegments(rows, typeof rule.levels === 'number' ? rule.levels : 0);
  return (
    <Line segments={segments} label={t(kind === 'bounds' ? 'packs.line_of_bands' : 'packs.line_of_grades')} />
  );
}
