/// Some of the customers that a run divides otherwise (变化抽样), before and afterwards; each opens the customer.
import { Link } from '@tanstack/react-router';
import { Empty, Tag } from 'antd';
import type { ChangedCustomer, LinkageChange } from '../../api/types';
import { useLocalization } from '../../i18n';
import { useBits } from './bits';

function Customer({ customer }: { customer: ChangedCustomer }) {
  const { t, number } = useLocalization();
  const more = customer.records - customer.series.length;
  return (
    <li>
      {customer.number ? (
        <Link to="/customers/$number" params={{ number: customer.number }} search={{}} className="mono">
          {customer.number}
        </Link>
      ) : (
        <span className="doubtful">{t('linkage.new_customer')}</span>
      )}{' '}
      <span className="soft">
        {t('linkage.with_series', {
          count: number(customer.records),
          series: customer.series.join(t('linkage.comma')) + (more > 0 ? ' …' : ''),
        })}
      </span>
    </li>
  );
}

/// By its numbers: what goes on and what falls apart.
function keyOf(change: LinkageChange): string {
  return change.before.map((customer) => customer.number).join(' ');
}

function Change({ change }: { change: LinkageChange }) {
  const { t } = useLocalization();
  const bits = useBits();
  const merges = change.after.some(
    (customer) => !change.before.some((old) => old.records >= customer.records),
  );
  const splits = change.after.length > 1;
  return (
    <tr>
      <td>
        {merges && <Tag color="blue">{t('linkage.merge')}</Tag>}
        {splits && <Tag color="orange">{t(merges ? 'linkage.regrouped' : 'linkage.split')}</Tag>}
      </td>
      <td>
        <ul>
          {change.before.map((customer) => (
            <Customer key={customer.number} customer={customer} />
          ))}
        </ul>
      </td>
      <td>
        <ul>
          {change.after.map((customer) => (
            <Customer key={customer.series[0]} customer={customer} />
          ))}
        </ul>
      </td>
      <td className="right">{change.bits == null ? t('linkage.never_compared') : bits(change.bits)}</td>
    </tr>
  );
}

export function Changes({ changes }: { changes: LinkageChange[] }) {
  const { t } = useLocalization();
  if (changes.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('linkage.no_changes')} />;
  }
  return (
    <table className="changes" data-test="changes">
      <thead>
        <tr>
          <th scope="col">{t('linkage.change')}</th>
          <th scope="col">{t('linkage.before')}</th>
          <th scope="col">{t('linkage.after')}</th>
          <th scope="col" className="right" title={t('linkage.strongest_hint')}>
            {t('linkage.strongest')}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <Change key={keyOf(change)} change={change} />
        ))}
      </tbody>
    </table>
  );
}
