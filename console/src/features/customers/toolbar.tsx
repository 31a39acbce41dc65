/// Search, order, filters and jump-to-value above the customer list.
import { CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, Segmented, Select, Tag } from 'antd';
import { useState } from 'react';
import { sourcesQuery } from '../../api/queries';
import { useLocalization } from '../../i18n';
import { useLabels } from './labels';
import type { LayoutControls } from './layout';
import type { Order } from './queries';
import { rememberSearch, type SavedSearch, type SearchBy, waysToSearch } from './searches';
import { useSourceNames } from './source-names';

interface ToolbarProperties {
  controls: LayoutControls;
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

function Filters({ controls }: { controls: LayoutControls }) {
  const { t } = useLocalization();
  const labels = useLabels();
  const { order, kind, source } = controls.layout;
  const { data: sources } = useQuery(sourcesQuery);
  return (
    <>
      <Segmented<Order>
        value={order ?? 'number'}
        aria-label={t('customers.order')}
        onChange={(value) => controls.change({ order: value })}
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
        data-test="filter-kind"
        popupMatchSelectWidth={false}
        onChange={(value?: string) => controls.change({ kind: value })}
        options={labels.kinds.map(([value, label]) => ({ value, label }))}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={source}
        placeholder={t('customers.source')}
        aria-label={t('customers.source')}
        popupMatchSelectWidth={false}
        onChange={(value?: string) => controls.change({ source: value })}
        options={sources?.items.map((item) => ({ value: item.code, label: `${item.name} (${item.code})` }))}
      />
    </>
  );
}

interface ChipProperties {
  label: string;
  value: string;
  name: string;
  onDrop: () => void;
}

function Chip({ label, value, name, onDrop }: ChipProperties) {
  const { t } = useLocalization();
  return (
    <Tag
      closable
      data-test={`chip-${name}`}
      closeIcon={<CloseOutlined aria-label={t('customers.drop_filter', { label })} />}
      onClose={(event) => {
        event.preventDefault();
        onDrop();
      }}
    >
      {t('customers.chip', { label, value })}
    </Tag>
  );
}

/// What narrows the list, each to be taken away by itself.
function Chips({ controls, from, onJump }: Omit<ToolbarProperties, 'search'>) {
  const { t } = useLocalization();
  const labels = useLabels();
  const sourceName = useSourceNames();
  const { kind, source } = controls.layout;
  if (!kind && !source && !from) return null;
  return (
    <div className="chips" data-test="chips">
      {kind && (
        <Chip
          name="kind"
          label={t('customers.kind')}
          value={labels.kind(kind)}
          onDrop={() => controls.change({ kind: undefined })}
        />
      )}
      {source && (
        <Chip
          name="source"
          label={t('customers.source')}
          value={sourceName(source)}
          onDrop={() => controls.change({ source: undefined })}
        />
      )}
      {from && <Chip name="from" label={t('customers.from')} value={from} onDrop={() => onJump(undefined)} />}
    </div>
  );
}

export function CustomersToolbar({ controls, from, onJump, search }: ToolbarProperties) {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const { search: searchId } = useSearch({ from: '/frame/customers' });
  const byName = controls.layout.order === 'name';
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
    <>
      <div className="toolbar">
        <SearchForm key="none" search={undefined} />
        <Filters controls={controls} />
        <Input.Search
          key={`${byName} ${from}`}
          className="toolbar-jump"
          defaultValue={from}
          allowClear
          maxLength={byName ? longestNameJump : 20}
          placeholder={t(byName ? 'customers.jump_name' : 'customers.jump_number')}
          aria-label={t(byName ? 'customers.jump_name' : 'customers.jump_number')}
          data-test="jump"
          enterButton={t('customers.jump')}
          onSearch={(value) => onJump(value.trim() || undefined)}
        />
      </div>
      <Chips controls={controls} from={from} onJump={onJump} />
    </>
  );
}
