/// Import wizard (导入): file, columns and source, trial run; the run itself and its report stand on the batch page.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Steps } from 'antd';
import { useLocalization } from '../../i18n';
import { Page } from '../../shell/page';
import { Guarded } from '../../shell/states';
import { ColumnsStep } from './columns-step';
import { FileStep } from './file-step';
import { TrialStep } from './trial-step';
import { forgetImport, rememberImport } from './unfinished';

function Wizard() {
  const { t } = useLocalization();
  const navigate = useNavigate();
  const { upload, trial, source } = useSearch({ from: '/frame/intake/import' });
  const step = upload === undefined ? 0 : trial === undefined ? 1 : 2;
  function go(search: { upload?: string; trial?: string; source?: string }): void {
    if (search.upload) rememberImport(search.upload, { source: search.source, trial: search.trial });
    void navigate({ to: '/intake/import', search });
  }
  return (
    <Page title={t('intake.import_title')} lead={t('intake.import_lead')}>
      <Steps
        className="wizard-steps"
        size="small"
        current={step}
        items={[
          { title: t('intake.step_file') },
          { title: t('intake.step_columns') },
          { title: t('intake.step_trial') },
          { title: t('intake.step_run') },
        ]}
      />
      {upload === undefined && (
        <FileStep
          onUploaded={(id) => go({ upload: id })}
          onResume={({ upload: known, source: from, trial: tried }) =>
            go({ upload: known, source: from, trial: from && tried })
          }
        />
      )}
      {upload !== undefined && trial === undefined && (
        <ColumnsStep
          upload={upload}
          source={source}
          onSource={(code) => go({ upload, source: code })}
          onTrial={(batch) => go({ upload, source, trial: batch })}
          onOtherFile={() => go({})}
        />
      )}
      {upload !== undefined && trial !== undefined && source !== undefined && (
        <TrialStep
          upload={upload}
          source={source}
          trial={trial}
          onBack={() => go({ upload, source })}
          onStarted={(batch) => {
            forgetImport(upload);
            void navigate({ to: '/intake/batches/$id', params: { id: batch } });
          }}
        />
      )}
    </Page>
  );
}

export function ImportPage() {
  return (
    <Guarded permission="intake">
      <Wizard />
    </Guarded>
  );
}
