/// The network of a customer (关系): who shares contacts with it, and who is a probable household or group.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Skeleton, Table, Tag, Tooltip } from 'antd';
import type { Count, Household, Network, SharedContact } from '../../api/types';
import { useLocalization } from '../../i18n';
import { Failed, NothingHere } from '../../shell/states';
import { NetworkGraph } from './network-graph';
import { networkQuery } from './queries';

function CustomerLink({ network, number }: { network: Network; number: string }) {
  const { t } = useLocalization();
  const customer = network.customers.find((known) => known.number === number);
  const name = customer?.name || t('customers.nameless');
  if (number === network.number) {
    return (
      <b>
        {name} ({t('network.this_one')})
      </b>
    );
  }
  return (
    <Link to="/customers/$number" params={{ number }} search={{ tab: 'network' }} title={number}>
      {name}
    </Link>
  );
}

function Customers({ network, numbers }: { network: Network; numbers: string[] }) {
  return (
    <span className="chips">
      {numbers.map((number) => (
        <Tag key={number}>
          <CustomerLink network={network} number={number} />
        </Tag>
      ))}
    </span>
  );
}

function Together({ network, household }: { network: Network; household: Household }) {
  const { t, pick } = useLocalization();
  const value = (id: number | null | undefined) => {
    const contact = network.contacts.find((known) => known.id === id);
    return contact && `${t(`network.kind.${contact.kind}`)} ${contact.value}`;
  };
  return (
    <section className="panel network-together" data-test="household">
      <h3>{pick(household.text)}</h3>
      <Customers network={network} numbers={household.members} />
      <ul className="network-reasons">
        {household.reasons.map((reason) => (
          <li key={`${reason.code} ${reason.contact} ${reason.members.join(' ')}`}>
            {pick(reason.text)}{' '}
            {value(reason.contact) && <span className="mono soft">{value(reason.contact)}</span>}{' '}
            <Customers network={network} numbers={reason.members} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Contacts({ network }: { network: Network }) {
  const { t, number } = useLocalization();
  const holders = (id: number) =>
    network.edges.filter(({ contact }) => contact === id).map(({ customer }) => customer);
  const counted = ({ value, exact }: Count) =>
    exact ? number(value) : t('network.at_least', { count: number(value) });
  return (
    <Table<SharedContact>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={network.contacts}
      scroll={{ x: 760 }}
      columns={[
        { title: t('network.contact_kind'), width: 80, render: (_, it) => t(`network.kind.${it.kind}`) },
        {
          title: t('network.value'),
          render: (_, it) => (
            <>
              <span className="mono">{it.value}</span>{' '}
              {it.crowded && (
                <Tooltip title={t('network.crowded_hint')}>
                  <Tag className="doubtful">{t('network.crowded')}</Tag>
                </Tooltip>
              )}
            </>
          ),
        },
        { title: t('network.customers'), width: 100, render: (_, it) => counted(it.customers) },
        { title: t('network.records'), width: 100, render: (_, it) => counted(it.records) },
        {
          title: t('network.who'),
          render: (_, it) => (
            <>
              <Customers network={network} numbers={holders(it.id)} />
              {holders(it.id).length < it.customers.value && (
                <div className="soft">
                  {t('network.more', { count: counted(it.customers), shown: holders(it.id).length })}
                </div>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

export function NetworkPanel({ number, isPast }: { number: string; isPast: boolean }) {
  const { t } = useLocalization();
  const { data, error, refetch } = useQuery(networkQuery(number));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  if (data.customers.length < 2) {
    return data.cut ? (
      <NothingHere title={t('network.none_told')} hint={t('network.none_told_hint')} />
    ) : (
      <NothingHere title={t('network.none')} hint={t('network.none_hint')} />
    );
  }
  return (
    <div className="stack" data-test="network">
      {isPast && <Alert type="info" showIcon title={t('network.today')} />}
      {data.cut && <Alert type="info" showIcon title={t('network.cut')} data-test="network-cut" />}
      <NetworkGraph network={data} />
      <h2>{t('network.together')}</h2>
      {data.households.length === 0 && <span className="soft">{t('network.nobody_together')}</span>}
      {data.households.map((household) => (
        <Together key={household.members.join(' ')} network={data} household={household} />
      ))}
      <span className="soft">{t('network.view_only')}</span>
      <h2>{t('network.contacts')}</h2>
      <Contacts network={data} />
    </div>
  );
}
