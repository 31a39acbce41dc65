/// Rule packs (规则包) with their editions: from the base to the branch, what is in force and what is being worked at.
import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input, Select, Tag } from 'antd';
import { useState } from 'react';
import type { PackEdition } from '../../api/types';
import { type Key, useLocalization } from '../../i18n';
import { Page, Panel } from '../../shell/page';
import { usePermission } from '../../shell/permission';
import { Failed, Guarded, NothingHere, PageLoading } from '../../shell/states';
import { grouped, layers, type PackFilter, type PackGroup, shownEditions, states } from './grouping';
import { NewPackButton } from './new-pack';
import { packsQuery } from './queries';
import { EditionState, Validity } from './state';
import { BeginDraft } from './steps';

function EditionRow({ edition, mayKeep }: { edition: PackEdition; mayKeep: boolean }) {
  const { t, instant } = useLocalization();
  const by = edition.decided_by ?? edition.proposed_by ?? edition.changed_by;
  const at = edition.decided_at ?? edition.proposed_at ?? edition.changed_at;
  return (
    <tr data-test={`edition-${edition.id}`}>
      <td>
        <Link to="/packs/editions/$id" params={{ id: edition.id }} search={{}}>
          {edition.version}
        </Link>
      </td>
      <td>
        <EditionState edition={edition} />
      </td>
      <td>
        <Validity edition={edition} />
      </td>
      <td>
        {by} <span className="soft">{instant(at)}</span>
      </td>
      <td className="soft">{edition.decision ?? edition.proposal}</td>
      <td className="right">
        {mayKeep && edition.state !== 'draft' && edition.state !== 'proposed' && (
          <BeginDraft base={edition.id} isSmall />
        )}
        {(edition.state === 'draft' || edition.state === 'proposed') && edition.mine && (
          <Tag>{t('packs.mine')}</Tag>
        )}
      </td>
    </tr>
  );
}

function PackPanel({ group }: { group: PackGroup }) {
  const { t, pick } = useLocalization();
  const mayKeep = usePermission('keep_rules');
  return (
    <Panel
      title={
        <>
          {pick(group.label)} <code className="pack-id">{group.pack}</code>
        </>
      }
      extra={
        <Tag>
          {t(`packs.layer.${group.layer as 'base'}` satisfies Key)}
          {group.branch && ` ${group.branch}`}
        </Tag>
      }
    >
      <div className="rows-scroll">
        <table className="editions">
          <thead>
            <tr>
              {(['version', 'state', 'validity', 'who', 'why', 'actions'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`packs.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {group.editions.map((edition) => (
              <EditionRow key={edition.id} edition={edition} mayKeep={mayKeep} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Filter({ filter, onChange }: { filter: PackFilter; onChange: (filter: PackFilter) => void }) {
  const { t } = useLocalization();
  return (
    <div className="toolbar">
      <Input
        allowClear
        className="toolbar-search"
        prefix={<SearchOutlined />}
        value={filter.text}
        placeholder={t('packs.search_packs')}
        aria-label={t('packs.search_packs')}
        data-test="pack-search"
        onChange={(event) => onChange({ ...filter, text: event.target.value })}
      />
      <Select
        allowClear
        value={filter.layer}
        placeholder={t('packs.layer_label')}
        aria-label={t('packs.layer_label')}
        onChange={(layer?: string) => onChange({ ...filter, layer })}
        options={layers.map((layer) => ({ value: layer, label: t(`packs.layer.${layer}` satisfies Key) }))}
      />
      <Select
        allowClear
        value={filter.state}
        placeholder={t('packs.column.state')}
        aria-label={t('packs.column.state')}
        onChange={(state?: PackFilter['state']) => onChange({ ...filter, state })}
        options={states.map((state) => ({ value: state, label: t(`packs.state.${state}` satisfies Key) }))}
      />
    </div>
  );
}

function PackList() {
  const { t, number } = useLocalization();
  const [filter, setFilter] = useState<PackFilter>({ text: '' });
  const mayKeep = usePermission('keep_rules');
  const { data, error, refetch } = useQuery(packsQuery);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <PageLoading />;
  const groups = grouped(shownEditions(data.items, filter));
  return (
    <Page
      title={t('shell.area_packs')}
      lead={t('packs.lead', {
        packs: number(grouped(data.items).length),
        editions: number(data.items.length),
      })}
      actions={mayKeep && <NewPackButton />}
    >
      <Filter filter={filter} onChange={setFilter} />
      {groups.length === 0 && (
        <NothingHere
          title={t('packs.no_packs')}
          hint={t(data.items.length === 0 ? 'packs.no_packs_hint' : 'packs.nothing_found_hint')}
        />
      )}
      {groups.map((group) => (
        <PackPanel key={group.pack} group={group} />
      ))}
    </Page>
  );
}

export function PacksPage() {
  return (
    <Guarded permission="read_customers">
      <PackList />
    </Guarded>
  );
}
