/// Search, order, filters and jump-to-value above the customer list.
import { CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, Segmented, Select, Tag } from 'antd';
import { useState } from 'react';
import { sourcesQuery } from '../../api/queries';
import { useLocalization } from '../../i18n';
import { useLabels } from './labels';
import { rememberSearch, type SavedSearch, type SearchBy, waysToSearch } from './searches';

interface ToolbarProperties {
  from: string | undefined;
  onJump: (from: string | undefined) => void;
  search: SavedSearch | undefined;
}

/// A jump value travels in the address of a request, so by name it takes the surname only.
const longestNameJump = 2;

function SearchForm({ search }: { search: SavedSearch | undefined }) {
  const { t } = useLocalization();
  const labels = useLabels();
  const navigate = useNavigate();
  const [text, setText] = useState(search?.text ?? '');
  const [by, setBy] = useState<SearchBy>(search?.by ?? 'auto');
  function submit(wanted: string): void {
    const trimmed = wanted.trim();
    const id = trimmed === '' ? undefined : rememberSearch({ text: trimmed, by });
    void navigate({ to: '/customers', search: { search: id } });
  }
  return (
    <>
      <Select
        value={by}
        onChange={setBy}
        aria-label={t('customers.search_by')}
        data-test="search-by"
        popupMatchSelectWidth={false}
        options={waysToSearch.map((way) => ({ value: way, label: labels.way(way) }))}
      />
      <Input.Search
        value={text}
        allowClear
        data-test="customer-search"
        className="toolbar-search"
        placeholder={t('customers.search_placeholder')}
        aria-label={t('customers.search_placeholder')}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onSearch={submit}
      />
    </>
  );
}

function Filters() {
  const { t } = useLocalization();
  const labels = useLabels();
  const navigate = useNavigate();
  const { order, kind, source } = useSearch({ from: '/frame/customers' });
  const { data: sources } = useQuery(sourcesQuery);
  const change = (changed: { order?: 'number' | 'name'; kind?: string; source?: string }) =>
    void navigate({ to: '/customers', search: { order, kind, source, ...changed } });
  return (
    <>
      <Segmented<'number' | 'name'>
        value={order ?? 'number'}
        aria-label={t('customers.order')}
        onChange={(value) => change({ order: value })}
        options={[
          { value: 'number', label: t('customers.by_number') },
          { value: 'name', label: t('customers.by_name') },
        ]}
      />
      <Select
        allowClear
        value={kind}
        placeholder={t('customers.kind')}
        aria-label={t('customers.kind')}
        popupMatchSelectWidth={false}
        onChange={(value?: string) => change({ kind: value })}
        options={labels.kinds.map(([value, label]) => ({ value, label }))}
      />
      <Select
        allowClear
        showSearch
        value={source}
        placeholder={t('customers.source')}
        aria-label={t('customers.source')}
        popupMatchSelectWidth={false}
        onChange={(value?: string) => change({ source: value })}
        options={sources?.items.map((item) => ({ value: item.code, label: `${item.name} (${item.code})` }))}
      />
    </>
  );
}

function Chips() {
  const { t } = useLocalization();
  const labels = useLabels();
  const navigate = useNavigate();
  const { order, kind, source } = useSearch({ from: '/frame/customers' });
  const drop = (name: 'kind' | 'source') =>
    void navigate({ to: '/customers', search: { order, kind, source, [name]: undefined } });
  return (
    <>
      {kind && (
        <Tag
          closable
          closeIcon={<CloseOutlined aria-label={t('shell.remove')} />}
          onClose={() => drop('kind')}
        >
          {t('customers.kind')}: {labels.kind(kind)}
        </Tag>
      )}
      {source && (
        <Tag
          closable
          closeIcon={<CloseOutlined aria-label={t('shell.remove')} />}
          onClose={() => drop('source')}
        >
          {t('customers.source')}: {source}
        </Tag>
      )}
    </>
  );
}

export function CustomersToolbar({ from, onJump, search }: ToolbarProperties) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const { order, search: searchId } = useSearch({ from: '/frame/customers' });
  const byName = order === 'name';
  if (search) {
    return (
      <div className="toolbar">
        <SearchForm key={searchId} search={search} />
        <Button onClick={() => void navigate({ to: '/customers', search: {} })}>
          {t('customers.show_all')}
        </Button>
      </div>
    );
  }
  return (
    <div className="toolbar">
      <SearchForm key="none" search={undefined} />
      <Filters />
      <Input.Search
        key={`${byName} ${from}`}
        className="toolbar-jump"
        defaultValue={from}
        allowClear
        maxLength={byName ? longestNameJump : 20}
        placeholder={t(byName ? 'customers.jump_name' : 'customers.jump_number')}
        aria-label={t(byName ? 'customers.jump_name' : 'customers.jump_number')}
        enterButton={t('customers.jump')}
        onSearch={(value) => onJump(value.trim() || undefined)}
      />
      <Chips />
    </div>
  );
}
