/// Customers (客户): all of them by number or name, or what a search found.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { CustomerRow } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ListCount } from '../../shell/list/count';
import { Grid } from '../../shell/list/grid';
import { useWindow } from '../../shell/list/use-window';
import { Page } from '../../shell/page';
import { Guarded, NothingHere } from '../../shell/states';
import { useCustomerColumns } from './columns';
import { CustomerPeek } from './peek';
import { type CustomerFilter, findCustomers, listCustomers } from './queries';
import { recallSearch } from './searches';
import { CustomersToolbar } from './toolbar';

function useCustomers(from: string | undefined) {
  const { search: searchId, order, kind, source } = useSearch({ from: '/frame/customers' });
  const search = recallSearch(searchId);
  const filter: CustomerFilter = { order: order ?? 'number', kind, source, from };
  const name = search ? `customers search ${searchId}` : `customers ${JSON.stringify(filter)}`;
  const list = useWindow<CustomerRow>(name, (after, limit) =>
    search ? findCustomers(search, after, limit) : listCustomers(filter, after, limit),
  );
  const narrowed = [kind, source, from].some((value) => value !== undefined);
  return { list, search, narrowed, isForgotten: searchId !== undefined && search === undefined };
}

function NoCustomers({
  searching,
  narrowed,
  onClear,
}: {
  searching: boolean;
  narrowed: boolean;
  onClear: () => void;
}) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  if (searching)
    return <NothingHere title={t('customers.nothing_found')} hint={t('customers.nothing_found_hint')} />;
  if (narrowed) {
    return (
      <NothingHere
        title={t('customers.none_here')}
        hint={t('customers.none_here_hint')}
        action={<Button onClick={onClear}>{t('customers.show_all')}</Button>}
      />
    );
  }
  return (
    <NothingHere
      title={t('customers.none')}
      hint={t('customers.none_hint')}
      action={
        <Button type="primary" onClick={() => void navigate({ to: '/intake/import', search: {} })}>
          {t('shell.area_import')}
        </Button>
      }
    />
  );
}

function CustomerList() {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const [from, setFrom] = useState<string>();
  const [peeked, setPeeked] = useState<CustomerRow>();
  const { list, search, narrowed, isForgotten } = useCustomers(from);
  const columns = useCustomerColumns(search !== undefined);
  function open(row: CustomerRow): void {
    void navigate({ to: '/customers/$number', params: { number: row.number }, search: {} });
  }
  function showAll(): void {
    setFrom(undefined);
    void navigate({ to: '/customers', search: {} });
  }
  return (
    <Page
      filling
      title={t('customers.title')}
      lead={isForgotten ? t('customers.search_forgotten') : t('customers.keys')}
      actions={<ListCount snapshot={list.snapshot} />}
    >
      <CustomersToolbar from={from} onJump={setFrom} search={search} />
      <Grid
        label={t('customers.title')}
        list={list}
        columns={columns}
        onOpen={open}
        onPeek={setPeeked}
        isPeeking={peeked !== undefined}
        empty={<NoCustomers searching={search !== undefined} narrowed={narrowed} onClear={showAll} />}
      />
      <Drawer
        open={peeked !== undefined}
        onClose={() => setPeeked(undefined)}
        title={peeked?.name}
        size={460}
        mask={false}
        extra={peeked && <Button onClick={() => open(peeked)}>{t('customers.open')}</Button>}
      >
        {peeked && <CustomerPeek row={peeked} />}
      </Drawer>
    </Page>
  );
}

export function CustomersPage() {
  return (
    <Guarded permission="read_customers">
      <CustomerList />
    </Guarded>
  );
}
