/// A quarantined row: what is wrong, every cell to correct, submit again or discard with a reason.
import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { answer, client } from '../../api/client';
import type { QuarantineRow } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ProblemAlert, ReasonDialog } from '../../shell/reason';
import { useLabels } from '../customers/labels';
import { intakeChanged } from './queries';

interface RowCorrectionProperties {
  row: QuarantineRow;
  onDone: () => void;
}

/// Cells go by their position: a file may have two columns of one name.
interface Cells {
  cells: string[];
}

function useResubmission({ row, onDone }: RowCorrectionProperties) {
  const { t } = useLocalization();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (values: Cells) => {
      const cells = row.cells.map((cell, index) => ({
        column: cell.column,
        value: values.cells[index] ?? cell.value,
      }));
      return answer(
        client.POST('/api/v1/quarantine/{id}/resubmission', {
          params: { path: { id: row.id } },
          body: { cells },
        }),
      );
    },
    onSuccess: async (outcome) => {
      if (outcome.outcome === 'quarantined') return;
      message.success(t('intake.resubmitted', { customer: outcome.customer ?? '—' }));
      onDone();
      await intakeChanged();
    },
  });
}

function useDiscard({ row, onDone }: RowCorrectionProperties) {
  return useMutation({
    mutationFn: (reason: string) =>
      answer(
        client.POST('/api/v1/quarantine/{id}/discard', {
          params: { path: { id: row.id } },
          body: { reason },
        }),
      ),
    onSuccess: async () => {
      onDone();
      await intakeChanged();
    },
  });
}

function Reason({ row, still }: { row: QuarantineRow; still: QuarantineRow['reason'] | null | undefined }) {
  const { t, pick } = useLocalization();
  return (
    <>
      <Alert type="warning" showIcon title={pick(row.reason)} description={<code>{row.code}</code>} />
      {still && (
        <Alert
          type="error"
          showIcon
          title={<span role="alert">{t('intake.still_wrong', { reason: pick(still) })}</span>}
        />
      )}
    </>
  );
}

export function RowCorrection(properties: RowCorrectionProperties) {
  const { row } = properties;
  const { t } = useLocalization();
  const labels = useLabels();
  const [form] = Form.useForm<Cells>();
  const [discarding, setDiscarding] = useState(false);
  const resubmission = useResubmission(properties);
  const discard = useDiscard(properties);
  const isOpen = row.state === 'open';
  const still = resubmission.data?.outcome === 'quarantined' ? resubmission.data.reason : undefined;
  return (
    <div className="row-correction">
      <Reason row={row} still={still} />
      <ProblemAlert error={resubmission.error} />
      <Form
        form={form}
        layout="vertical"
        disabled={!isOpen}
        initialValues={{ cells: row.cells.map((cell) => cell.value) }}
        onFinish={(values) => resubmission.mutate(values)}
      >
        {row.cells.map((cell, index) => (
          <Form.Item
            key={`${cell.column} ${index}`}
            name={['cells', index]}
            label={[...new Set([cell.column, labels.attribute(cell.attribute)])].filter(Boolean).join(' · ')}
            validateStatus={cell.column === row.column ? 'error' : undefined}
          >
            <Input autoComplete="off" data-test={cell.column === row.column ? 'wrong-cell' : undefined} />
          </Form.Item>
        ))}
        {isOpen && (
          <div className="page-actions">
            <Button type="primary" htmlType="submit" loading={resubmission.isPending} data-test="resubmit">
              {t('intake.resubmit')}
            </Button>
            <Button danger onClick={() => setDiscarding(true)}>
              {t('intake.discard')}
            </Button>
          </div>
        )}
      </Form>
      <ReasonDialog
        open={discarding}
        danger
        title={t('intake.discard_title')}
        explanation={t('intake.discard_hint')}
        confirm={t('intake.discard')}
        pending={discard.isPending}
        error={discard.error}
        onCancel={() => setDiscarding(false)}
        onConfirm={(reason) => discard.mutate(reason)}
      />
    </div>
  );
}
