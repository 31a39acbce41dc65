/// What each agreement says (权重图): a table that draws, so whoever cannot see the bars reads the same in its cells.
import type { LinkageField, LinkageLevel } from '../../api/types';
import { useLocalization } from '../../i18n';
import { useBits, useShare } from './bits';
import { extremes, nought, spanOf } from './geometry';

const share = (part: number) => `${(part * 100).toFixed(2)}%`;

function Bar({ bits, className }: { bits: number; className: string }) {
  const { left, width } = spanOf(bits);
  const direction = bits >= 0 ? 'for' : 'against';
  return (
    <span
      className={`weight-bar ${className} ${direction}`}
      style={{ left: share(left), width: share(width) }}
    />
  );
}

function Level({ level }: { level: LinkageLevel }) {
  const { t, pick } = useLocalization();
  const bits = useBits();
  const chance = useShare();
  const { weakest, strongest } = extremes(level.bits);
  const isOne = bits(weakest) === bits(strongest);
  return (
    <tr>
      <th scope="row">{pick(level.text)}</th>
      <td className="weight-track" aria-hidden="true">
        <span className="weight-nought" style={{ left: share(nought) }} />
        <Bar bits={strongest} className="strongest" />
        {!isOne && Math.sign(weakest) === Math.sign(strongest) && <Bar bits={weakest} className="weakest" />}
      </td>
      <td className="right">
        {isOne
          ? bits(strongest)
          : t('linkage.bits_between', {
              frequent: bits(level.bits[0] ?? 0),
              rare: bits(level.bits.at(-1) ?? 0),
            })}
      </td>
      <td className="right soft">{chance(level.within)}</td>
      <td className="right soft">{chance(level.between)}</td>
    </tr>
  );
}

function Field({ field }: { field: LinkageField }) {
  const { t, pick } = useLocalization();
  const told = [
    pick(field.kind),
    field.several && t('linkage.several'),
    field.beside && t('linkage.beside', { label: pick(field.beside) }),
  ];
  return (
    <table className="weights" data-test={`weights-${field.name}`}>
      <caption>
        <b>{pick(field.label)}</b> <span className="soft">{told.filter(Boolean).join(' · ')}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('linkage.agreement')}</th>
          <td />
          <th scope="col" className="right">
            {t('linkage.bits')}
          </th>
          <th scope="col" className="right">
            {t('linkage.within')}
          </th>
          <th scope="col" className="right">
            {t('linkage.between')}
          </th>
        </tr>
      </thead>
      <tbody>
        {field.levels.map((level) => (
          <Level key={level.agreement} level={level} />
        ))}
      </tbody>
    </table>
  );
}

export function Weights({ fields }: { fields: LinkageField[] }) {
  return (
    <div className="weights-of-fields">
      {fields.map((field) => (
        <Field key={field.name} field={field} />
      ))}
    </div>
  );
}
