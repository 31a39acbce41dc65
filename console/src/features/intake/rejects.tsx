/// Rejected rows as a workbook with their reasons, and the corrected workbook back.
import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Modal, Table, Upload } from 'antd';
import { useState } from 'react';
import { asProblem } from '../../api/problem';
import { saveFile, sendFile } from '../../api/transfer';
import type { CorrectionReport } from '../../api/types';
import { useLocalization } from '../../i18n';
import { intakeChanged } from './queries';

function useProblemMessage() {
  const { pick } = useLocalization();
  const { message } = App.useApp();
  return (error: unknown) => void message.error(`${pick(asProblem(error).title)} (${asProblem(error).code})`);
}

export function RejectsDownload({ batch }: { batch: string }) {
  const { t } = useLocalization();
  const say = useProblemMessage();
  const download = useMutation({
    mutationFn: () =>
      saveFile(`/api/v1/batches/${encodeURIComponent(batch)}/quarantine.xlsx`, `quarantine-${batch}.xlsx`),
    onError: say,
  });
  return (
    <Button
      icon={<DownloadOutlined />}
      loading={download.isPending}
      onClick={() => download.mutate()}
      data-test="rejects"
    >
      {t('intake.download_rejects')}
    </Button>
  );
}

function Report({ report }: { report: CorrectionReport }) {
  const { t, pick, number } = useLocalization();
  return (
    <>
      <p data-test="correction-report">
        {t('intake.corrections_report', {
          rows: number(report.rows),
          accepted: number(report.accepted),
          quarantined: number(report.quarantined),
        })}
      </p>
      {report.still.length > 0 && (
        <Table
          size="small"
          rowKey="id"
          dataSource={report.still}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          columns={[
            { title: t('intake.row'), dataIndex: 'row', width: 90 },
            { title: t('intake.reason'), render: (_, row) => pick(row.reason) },
          ]}
        />
      )}
    </>
  );
}

export function CorrectionsUpload() {
  const { t } = useLocalization();
  const say = useProblemMessage();
  const [report, setReport] = useState<CorrectionReport>();
  const sending = useMutation({
    mutationFn: (file: File) =>
      sendFile<CorrectionReport>('/api/v1/quarantine/corrections', file, () => undefined),
    onSuccess: async (answered) => {
      setReport(answered);
      await intakeChanged();
    },
    onError: say,
  });
  return (
    <>
      <Upload
        accept=".xlsx"
        showUploadList={false}
        beforeUpload={(file) => {
          sending.mutate(file);
          return false;
        }}
      >
        <Button icon={<UploadOutlined />} loading={sending.isPending}>
          {t('intake.upload_corrections')}
        </Button>
      </Upload>
      <Modal
        open={report !== undefined}
        title={t('intake.corrections_title')}
        footer={null}
        onCancel={() => setReport(undefined)}
      >
        {report && <Report report={report} />}
      </Modal>
    </>
  );
}
