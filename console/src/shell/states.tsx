/// The states that every page can be in besides showing its content: loading, failed, empty, no access, unknown.
import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Result, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { asProblem, detailOf } from '../api/problem';
import { sessionQuery } from '../api/queries';
import type { Permission } from '../api/types';
import { type Key, useLocalization } from '../i18n';
import { usePermission } from './permission';

export function PageLoading() {
  const { t } = useLocalization();
  return (
    <div className="page" aria-busy="true" role="status" aria-label={t('shell.loading')}>
      <Skeleton active title={{ width: '30%' }} paragraph={{ rows: 8 }} />
    </div>
  );
}

/// What went wrong with its stable code, and a way on.
export function Failed({ error, retry, action }: { error: unknown; retry?: () => void; action?: ReactNode }) {
  const { t, pick, language } = useLocalization();
  const problem = asProblem(error);
  if (problem.status === 403) return <NoAccess code={problem.code} />;
  const detail = detailOf(problem, language);
  return (
    <Result
      status="warning"
      className="state"
      title={<span role="alert">{pick(problem.title)}</span>}
      subTitle={
        <>
          <div>{detail}</div>
          <code>{t('shell.problem_code', { code: problem.code })}</code>
        </>
      }
      extra={
        <>
          <Button type="primary" onClick={retry ?? (() => window.location.reload())}>
            {t('shell.retry')}
          </Button>
          {action}
        </>
      }
    />
  );
}

export function PageFailed({ error, reset }: { error: unknown; reset?: () => void }) {
  return <Failed error={error} retry={reset} />;
}

export function NothingHere({
  title,
  hint,
  action,
}: {
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Empty
      className="state"
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <div className="state-title">{title}</div>
          {hint && <div className="soft">{hint}</div>}
        </>
      }
    >
      {action}
    </Empty>
  );
}

interface NoAccessProperties {
  /// What is missing, where the page knows it.
  permission?: Permission;
  code?: string;
}

/// Says why, and whom to ask.
export function NoAccess({ permission, code = 'forbidden' }: NoAccessProperties) {
  const { t } = useLocalization();
  const { data: session } = useQuery(sessionQuery);
  const role = session && t(`shell.roles.${session.account.role}` satisfies Key);
  return (
    <Result
      status="info"
      className="state"
      title={t('shell.no_access')}
      subTitle={
        <>
          {permission && role && (
            <div>
              {t('shell.no_access_why', {
                role,
                permission: t(`shell.permission.${permission}` satisfies Key),
              })}
            </div>
          )}
          <div>{t('shell.no_access_hint')}</div>
          <code>{t('shell.problem_code', { code })}</code>
        </>
      }
      extra={<Button href="/">{t('shell.to_overview')}</Button>}
    />
  );
}

export function PageUnknown() {
  const { t } = useLocalization();
  return (
    <Result
      status="info"
      className="state"
      title={t('shell.page_unknown')}
      subTitle={t('shell.page_unknown_hint')}
      extra={<Button href="/">{t('shell.to_overview')}</Button>}
    />
  );
}

/// Shows its content only to those who may use it; the server decides again for every answer.
export function Guarded({ permission, children }: { permission: Permission; children: ReactNode }) {
  return usePermission(permission) ? children : <NoAccess permission={permission} />;
}
