/// First step: a file is dropped and sent, with its progress; or an unfinished import is taken up again.
import { InboxOutlined } from '@ant-design/icons';
import { Button, Progress, Upload } from 'antd';
import { useEffect, useRef } from 'react';
import { useLocalization } from '../../i18n';
import { ProblemAlert } from '../../shell/reason';
import { send, stopSending, useSending } from './sending';
import type { UnfinishedImport } from './unfinished';
import { UnfinishedImports } from './unfinished-imports';

interface FileStepProperties {
  onUploaded: (id: string) => void;
  onResume: (unfinished: UnfinishedImport) => void;
}

export function FileStep({ onUploaded, onResume }: FileStepProperties) {
  const { t } = useLocalization();
  const { file, share, error } = useSending();
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  async function begin(chosen: File): Promise<void> {
    const upload = await send(chosen);
    // Whoever went elsewhere meanwhile is not torn away: the file waits among the unfinished ones.
    if (upload !== undefined && isHere.current) onUploaded(upload);
  }
  if (share !== undefined) {
    return (
      <div className="panel centred">
        <Progress type="circle" percent={Math.floor(share * 100)} aria-label={t('intake.sending')} />
        <p>{t('intake.sending_file', { file: file ?? '' })}</p>
        <p className="soft">{t('intake.sending_hint')}</p>
        <Button onClick={stopSending}>{t('shell.cancel')}</Button>
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
        beforeUpload={(chosen) => {
          void begin(chosen);
          return false;
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p className="ant-upload-text">{t('intake.drop')}</p>
        <p className="soft">{t('intake.drop_hint')}</p>
      </Upload.Dragger>
      <UnfinishedImports onResume={onResume} />
    </>
  );
}
