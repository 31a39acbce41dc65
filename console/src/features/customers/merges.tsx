/// Merge history (合并历史): who was merged into whom, why, and the way back.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Skeleton, Table, Tag } from 'antd';
import { useState } from 'react';
import { answer, client } from '../../api/client';
import type { Merge } from '../../api/types';
import { useLocalization } from '../../i18n';
import { usePermission } from '../../shell/permission';
import { ReasonDialog } from '../../shell/reason';
import { Failed, NothingHere } from '../../shell/states';
import { customersChanged, mergesQuery } from './queries';

function NumberLink({ number }: { number: string }) {
  return (
    <Link to="/customers/$number" params={{ number }} search={{}} className="mono">
      {number}
    </Link>
  );
}

function useUndo(onDone: () => void) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      answer(client.POST('/api/v1/merges/{id}/undo', { params: { path: { id } }, body: { reason } })),
    onSuccess: async () => {
      onDone();
      message.success(t('customers.unmerged'));
      await customersChanged();
    },
  });
}

export function Merges({ number }: { number: string }) {
  const { t, instant } = useLocalization();
  const mayDecide = usePermission('steward');
  const [undoing, setUndoing] = useState<Merge>();
  const { data, error, refetch } = useQuery(mergesQuery(number));
  const undo = useUndo(() => setUndoing(undefined));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  if (data.items.length === 0)
    return <NothingHere title={t('customers.no_merges')} hint={t('customers.no_merges_hint')} />;
  return (
    <>
      <Table<Merge>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={data.items}
        scroll={{ x: 760 }}
        columns={[
          { title: t('customers.merged_at'), render: (_, merge) => instant(merge.at) },
          { title: t('customers.survivor'), render: (_, merge) => <NumberLink number={merge.survivor} /> },
          { title: t('customers.absorbed'), render: (_, merge) => <NumberLink number={merge.absorbed} /> },
          { title: t('customers.actor'), dataIndex: 'actor' },
          { title: t('customers.reason'), dataIndex: 'reason' },
          {
            title: t('customers.state'),
            render: (_, merge) =>
              merge.undone_at ? (
                <Tag>{t('customers.undone_at', { at: instant(merge.undone_at) })}</Tag>
              ) : (
                mayDecide && (
                  <Button size="small" data-test="unmerge" onClick={() => setUndoing(merge)}>
                    {t('customers.unmerge')}
                  </Button>
                )
              ),
          },
        ]}
      />
      <ReasonDialog
        open={undoing !== undefined}
        title={t('customers.unmerge_title')}
        explanation={t('customers.unmerge_hint', { absorbed: undoing?.absorbed ?? '' })}
        confirm={t('customers.unmerge')}
        pending={undo.isPending}
        error={undo.error}
        onCancel={() => setUndoing(undefined)}
        onConfirm={(reason) => undoing && undo.mutate({ id: undoing.id, reason })}
      />
    </>
  );
}
