/// What each agreement says (权重图): a table that draws, so whoever cannot see the bars reads the same in its cells.
import type { LinkageField, LinkageLevel } from '../../api/types';
import { useLocalization } from '../../i18n';
import { useBits, useShare } from './bits';
import { endsOf, nought, spanOf } from './geometry';

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
  const { frequent, rare } = endsOf(level.bits);
  const isOne = bits(frequent) === bits(rare);
  // Frequent values may even speak against what rare ones speak for.
  const reaches = !isOne && Math.sign(frequent) === Math.sign(rare);
  return (
    <tr>
      <th scope="row">{pick(level.text)}</th>
      <td className="weight-track" aria-hidden="true">
        <span className="weight-nought" style={{ left: share(nought) }} />
        <Bar bits={rare} className={reaches ? 'reaching' : ''} />
        {!isOne && <Bar bits={frequent} className="" />}
      </td>
      <td className="right">
        {isOne
          ? bits(rare)
          : t('linkage.bits_between', {
              frequent: bits(frequent),
              rare: bits(rare),
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
