/// First step: a file is dropped and sent, with its progress.
import { InboxOutlined } from '@ant-design/icons';
import { Button, Progress, Upload } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { sendFile } from '../../api/transfer';
import type { Upload as UploadedFile } from '../../api/types';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';

function useSending(onUploaded: (id: string) => void) {
  const [share, setShare] = useState<number>();
  const [error, setError] = useState<unknown>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  async function send(file: File): Promise<void> {
    stop.current = new AbortController();
    setError(undefined);
    setShare(0);
    try {
      const url = `/api/v1/uploads?name=${encodeURIComponent(file.name)}`;
      const uploaded = await sendFile<UploadedFile>(url, file, setShare, stop.current.signal);
      onUploaded(uploaded.id);
    } catch (failure) {
      if (!(failure instanceof DOMException && failure.name === 'AbortError')) setError(failure);
    } finally {
      setShare(undefined);
    }
  }
  return { share, error, send, stop: () => stop.current?.abort() };
}

export function FileStep({ onUploaded }: { onUploaded: (id: string) => void }) {
  const { t } = useLocalization();
  const { share, error, send, stop } = useSending(onUploaded);
  if (share !== undefined) {
    return (
      <div className="panel centred">
        <Progress type="circle" percent={Math.floor(share * 100)} aria-label={t('intake.sending')} />
        <p>{t('intake.sending')}</p>
        <Button onClick={stop}>{t('shell.cancel')}</Button>
      </div>
    );
  }
  return (
    <>
      <ProblemAlert error={error} />
      <Upload.Dragger
        accept=".csv,.txt,.tsv,.xlsx,.ndjson,.jsonl,.json,.parquet"
        showUploadList={false}
        multiple={false}
        beforeUpload={(file) => {
          void send(file);
          return false;
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p className="ant-upload-text">{t('intake.drop')}</p>
        <p className="soft">{t('intake.drop_hint')}</p>
      </Upload.Dragger>
    </>
  );
}
