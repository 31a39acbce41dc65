/// Saved views (常用视图) of the customer list: chosen, saved under a name, shared with colleagues, deleted.
import { DownOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown, type MenuProps } from 'antd';
import { useState } from 'react';
import { asProblem } from '../../api/problem';
import { queryClient } from '../../api/queries';
import type { SavedView } from '../../api/types';
import { useLocalization } from '../../i18n';
import type { LayoutControls } from './layout';
import { deleteView, savedViewsQuery, saveView } from './queries';
import { bodyOf, ViewDialog } from './view-dialog';

interface ViewsProperties {
  controls: LayoutControls;
  /// The columns as they are shown now.
  columns: string[];
}

async function viewsChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: savedViewsQuery.queryKey });
}

function useViewActions({ controls, columns }: ViewsProperties) {
  const { t, pick } = useLocalization();
  const { message } = App.useApp();
  const onError = (error: unknown) =>
    void message.error(`${pick(asProblem(error).title)} (${asProblem(error).code})`);
  const update = useMutation({
    mutationFn: (view: SavedView) => saveView(bodyOf(view, controls.layout, columns), view.id),
    onSuccess: async (view) => {
      message.success(t('shell.saved'));
      await viewsChanged();
      controls.choose(view.id);
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: (view: SavedView) => deleteView(view.id),
    onSuccess: async (_, view) => {
      message.success(t('customers.view_deleted', { name: view.name }));
      controls.choose(undefined);
      await viewsChanged();
    },
    onError,
  });
  return { update, remove };
}

export function Views(properties: ViewsProperties) {
  const { controls, columns } = properties;
  const { t } = useLocalization();
  const [dialog, setDialog] = useState<'new' | 'rename'>();
  const { data } = useQuery(savedViewsQuery);
  const { update, remove } = useViewActions(properties);
  const { view, isChanged } = controls.layout;
  const label = (known: SavedView) =>
    known.own ? known.name : t('customers.view_of', { name: known.name, owner: known.owner });
  const own = view?.own ? view : undefined;
  const views = data?.items ?? [];
  const items: MenuProps['items'] = [
    { key: 'all', label: t('customers.view_none'), onClick: () => controls.choose(undefined) },
    ...views.map((known) => ({
      key: known.id,
      label: label(known),
      onClick: () => controls.choose(known.id),
    })),
    { type: 'divider' },
    { key: 'new', label: t('customers.view_save'), onClick: () => setDialog('new') },
    ...(own
      ? [
          {
            key: 'update',
            label: t('customers.view_update', { name: own.name }),
            disabled: !isChanged,
            onClick: () => update.mutate(own),
          },
          { key: 'rename', label: t('customers.view_rename'), onClick: () => setDialog('rename') },
          {
            key: 'delete',
            danger: true,
            label: t('customers.view_delete', { name: own.name }),
            onClick: () => remove.mutate(own),
          },
        ]
      : []),
  ];
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, selectable: true, selectedKeys: [view?.id ?? 'all'] }}>
        <Button icon={<UnorderedListOutlined />} data-test="views">
          {view ? label(view) : t('customers.view_none')}
          {view && isChanged && ` ${t('customers.view_changed')}`} <DownOutlined />
        </Button>
      </Dropdown>
      {dialog && (
        <ViewDialog
          view={dialog === 'rename' ? own : undefined}
          layout={controls.layout}
          columns={columns}
          onClose={() => setDialog(undefined)}
          onSaved={async (id) => {
            setDialog(undefined);
            await viewsChanged();
            controls.choose(id);
          }}
        />
      )}
    </>
  );
}
