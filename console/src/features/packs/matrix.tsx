/// The movement matrix as a heat map: from the rows to the columns; a cell shows the customers that moved so.
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import type { Movement } from '../../api/types';
import { useLocalization } from '../../i18n';
import { type MovementCell, matrixOf } from './movement';
import type { OutcomeWords } from './outcome-words';

interface MatrixProperties {
  moves: Movement[];
  judged: number;
  words: OutcomeWords;
  chosen: MovementCell | undefined;
  onChoose: (cell: MovementCell | undefined) => void;
}

function Cell({
  cell,
  words,
  chosen,
  onChoose,
}: { cell: MovementCell } & Omit<MatrixProperties, 'moves' | 'judged'>) {
  const { t, number } = useLocalization();
  const isChosen = chosen?.from === cell.from && chosen.to === cell.to;
  if (cell.customers === 0) return <td className="matrix-cell none">·</td>;
  if (cell.direction === 'same') {
    return <td className="matrix-cell same">{number(cell.customers)}</td>;
  }
  return (
    <td className="matrix-cell">
      <button
        type="button"
        className={`matrix-move ${cell.direction}`}
        style={{ '--strength': `${Math.round(cell.strength * 60)}%` } as React.CSSProperties}
        aria-pressed={isChosen}
        aria-label={t('packs.move_said', {
          from: words.outcome(cell.from),
          to: words.outcome(cell.to),
          count: number(cell.customers),
        })}
        data-test={`move-${cell.from}-${cell.to}`}
        onClick={() => onChoose(isChosen ? undefined : cell)}
      >
        {cell.direction === 'up' && <ArrowUpOutlined aria-hidden="true" />}
        {cell.direction === 'down' && <ArrowDownOutlined aria-hidden="true" />} {number(cell.customers)}
      </button>
    </td>
  );
}

export function Matrix(properties: MatrixProperties) {
  const { moves, judged, words } = properties;
  const { t, number, share } = useLocalization();
  const { outcomes, rows } = matrixOf(moves, words.order);
  const moved = moves.filter(({ from, to, customers }) => from !== to && customers > 0);
  return (
    <>
      <div className="rows-scroll">
        <table className="matrix" data-test="matrix">
          <caption>{t('packs.matrix_hint')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('packs.from_to')}</th>
              {outcomes.map((outcome) => (
                <th key={outcome} scope="col" className="matrix-head">
                  {words.outcome(outcome)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ from, cells }) => (
              <tr key={from}>
                <th scope="row">{words.outcome(from)}</th>
                {cells.map((cell) => (
                  <Cell key={cell.to} cell={cell} {...properties} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details className="matrix-twin">
        <summary>{t('packs.as_table')}</summary>
        <table className="twin">
          <thead>
            <tr>
              <th scope="col">{t('packs.before')}</th>
              <th scope="col">{t('packs.after')}</th>
              <th scope="col">{t('packs.customers')}</th>
              <th scope="col">{t('packs.share_of_all')}</th>
            </tr>
          </thead>
          <tbody>
            {moved.map(({ from, to, customers }) => (
              <tr key={`${from} ${to}`}>
                <td>{words.outcome(from)}</td>
                <td>{words.outcome(to)}</td>
                <td className="right">{number(customers)}</td>
                <td className="right">{share(judged > 0 ? customers / judged : 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
