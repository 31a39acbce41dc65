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
import { Guarded, NothingHere, PageLoading } from '../../shell/states';
import { ColumnChooser, shownColumns } from './column-chooser';
import { useCustomerColumns } from './columns';
import { type Filters, type LayoutControls, useLayout } from './layout';
import { CustomerPeek } from './peek';
import { type CustomerFilter, findCustomers, listCustomers, type Order } from './queries';
import { recallSearch } from './searches';
import { SelectionBar, useSelection } from './selection';
import { CustomersToolbar } from './toolbar';
import { Views } from './views';

function useCustomers({ order, kind, source }: Filters, from: string | undefined) {
  const { search: searchId } = useSearch({ from: '/frame/customers' });
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

function useLead(isForgotten: boolean, isViewMissing: boolean): string {
  const { t } = useLocalization();
  if (isForgotten) return t('customers.search_forgotten');
  return t(isViewMissing ? 'customers.view_missing' : 'customers.keys');
}

function Peek({ row, onClose, onOpen }: { row?: CustomerRow; onClose: () => void; onOpen: () => void }) {
  const { t } = useLocalization();
  return (
    <Drawer
      open={row !== undefined}
      onClose={onClose}
      title={row && (row.name || t('customers.nameless'))}
      size={460}
      mask={false}
      extra={<Button onClick={onOpen}>{t('customers.open')}</Button>}
    >
      {row && <CustomerPeek row={row} />}
    </Drawer>
  );
}

function CustomerList({ controls }: { controls: LayoutControls }) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const { layout } = controls;
  // A place to jump to belongs to the order in which it was given.
  const [jump, setJump] = useState<{ order?: Order; from?: string }>({});
  const from = jump.order === layout.order ? jump.from : undefined;
  const setFrom = (value: string | undefined) => setJump({ order: layout.order, from: value });
  const [peeked, setPeeked] = useState<CustomerRow>();
  const { list, search, narrowed, isForgotten } = useCustomers(layout, from);
  const { chosen, selection, clear } = useSelection();
  const all = useCustomerColumns(search !== undefined);
  const columns = shownColumns(all, layout.columns);
  const open = (row: CustomerRow) =>
    void navigate({ to: '/customers/$number', params: { number: row.number }, search: {} });
  function showAll(): void {
    setFrom(undefined);
    void navigate({ to: '/customers', search: {} });
  }
  return (
    <Page
      filling
      title={t('customers.title')}
      lead={useLead(isForgotten, layout.isViewMissing)}
      actions={
        <>
          <ListCount snapshot={list.snapshot} />
          {!search && <Views controls={controls} columns={columns.map(({ name }) => name)} />}
          <ColumnChooser
            columns={all}
            shown={layout.columns}
            onChange={(shown) => controls.change({ columns: shown })}
          />
        </>
      }
    >
      <CustomersToolbar controls={controls} from={from} onJump={setFrom} search={search} />
      <SelectionBar chosen={chosen} onClear={clear} />
      <Grid
        label={t('customers.title')}
        list={list}
        columns={columns}
        onOpen={open}
        onPeek={setPeeked}
        isPeeking={peeked !== undefined}
        selection={selection}
        empty={<NoCustomers searching={search !== undefined} narrowed={narrowed} onClear={showAll} />}
      />
      <Peek row={peeked} onClose={() => setPeeked(undefined)} onOpen={() => peeked && open(peeked)} />
    </Page>
  );
}

function CustomerListWithLayout() {
  const controls = useLayout();
  // Rows of another view would only flash by.
  if (controls.layout.isLoading) return <PageLoading />;
  return <CustomerList controls={controls} />;
}

export function CustomersPage() {
  return (
    <Guarded permission="read_customers">
      <CustomerListWithLayout />
    </Guarded>
  );
}
