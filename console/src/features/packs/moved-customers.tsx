/// Some of the customers that would move, with what made the difference.
import { ArrowRightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Tag } from 'antd';
import type { MovedCustomer, MovedRule, PackFact } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Estimate } from './estimate';
import { useSurroundings } from './form/surroundings';
import { useWords } from './form/words';
import { type Contribution, contributions } from './movement';
import type { OutcomeWords } from './outcome-words';

function Bars({ items }: { items: Contribution[] }) {
  const { t, pick } = useLocalization();
  const most = Math.max(...items.flatMap(({ before, after }) => [before, after]), 1);
  const width = (points: number) => ({ width: `${(points / most) * 100}%` });
  const points = (value: number) => value.toFixed(2).replace(/\.?0+$/, '');
  return (
    <table className="contributions">
      <thead>
        <tr>
          <th scope="col">{t('packs.item')}</th>
          <td />
          <th scope="col" className="right">
            {t('packs.before')}
          </th>
          <th scope="col" className="right">
            {t('packs.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <th scope="row">
              {pick(item.label)} {item.prudent && <span className="soft">{t('packs.prudently')}</span>}
            </th>
            <td className="contribution-track" aria-hidden="true">
              <span className="contribution before" style={width(item.before)} />
              <span className="contribution after" style={width(item.after)} />
            </td>
            <td className="right">{points(item.before)}</td>
            <td className="right">
              <b>{points(item.after)}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Missing({ names, facts }: { names: string[]; facts: PackFact[] }) {
  const { t } = useLocalization();
  const words = useWords();
  if (names.length === 0) return null;
  const told = names.slice(0, 12).map((name) => words.fact(facts, name));
  const rest = names.length > told.length ? ' …' : '';
  return (
    <p className="soft">
      {t('packs.missing_facts', { count: names.length })}
      {told.join(t('packs.comma'))}
      {rest}
    </p>
  );
}

function Customer({ moved, words, levels }: { moved: MovedCustomer; words: OutcomeWords; levels: number }) {
  const { t } = useLocalization();
  const { facts } = useSurroundings();
  const { before, after } = moved;
  const items = contributions(before, after, levels);
  const said = (verdict: MovedCustomer['before']) =>
    verdict
      ? [words.outcome(verdict.outcome), verdict.total].filter(Boolean).join(' ')
      : t('packs.word.absent');
  return (
    <li className="moved-customer">
      <div>
        <Link to="/customers/$number" params={{ number: moved.customer }} search={{}} className="mono">
          {moved.customer}
        </Link>{' '}
        <Tag>{said(before)}</Tag>
        <ArrowRightOutlined aria-label={t('packs.becomes')} /> <Tag color="processing">{said(after)}</Tag>{' '}
        <Estimate after={(after ?? before)?.estimated_after} />
      </div>
      {items.length > 0 && <Bars items={items} />}
      <Missing names={(after ?? before)?.missing ?? []} facts={facts} />
    </li>
  );
}

interface MovedCustomersProperties {
  rule: MovedRule;
  words: OutcomeWords;
  /// Only those that go this way.
  way: { from: string; to: string } | undefined;
}

export function MovedCustomers({ rule, words, way }: MovedCustomersProperties) {
  const { t } = useLocalization();
  const outcomeOf = (verdict: MovedCustomer['before']) => verdict?.outcome ?? 'absent';
  const shown = rule.sampled.filter(
    ({ before, after }) => !way || (outcomeOf(before) === way.from && outcomeOf(after) === way.to),
  );
  const levels = typeof words.table?.levels === 'number' ? words.table.levels : 5;
  if (shown.length === 0) return <p className="soft">{t('packs.none_sampled')}</p>;
  return (
    <ul className="plain moved-customers" data-test="moved-customers">
      {shown.map((moved) => (
        <Customer key={moved.customer} moved={moved} words={words} levels={levels} />
      ))}
    </ul>
  );
}
