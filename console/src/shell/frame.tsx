/// The frame around the work areas: areas on the left, search on top, the page in the middle.
import {
  AuditOutlined,
  BookOutlined,
  ClusterOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  ExperimentOutlined,
  ImportOutlined,
  InboxOutlined,
  MergeCellsOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  StopOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { Link, Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Permission } from '../api/types';
import { type Key, useLocalization } from '../i18n';
import { AccountMenu } from './account';
import { usePermission } from './permission';
import { SearchBox } from './search';

interface Area {
  to: string;
  label: Key;
  icon: ReactNode;
  /// None: whoever has signed in.
  permission?: Permission;
}

const areas: { heading?: Key; entries: Area[] }[] = [
  {
    entries: [
      { to: '/', label: 'shell.area_overview', icon: <DashboardOutlined /> },
      {
        to: '/customers',
        label: 'shell.area_customers',
        icon: <TeamOutlined />,
        permission: 'read_customers',
      },
    ],
  },
  {
    heading: 'shell.area_intake',
    entries: [
      { to: '/intake/import', label: 'shell.area_import', icon: <ImportOutlined />, permission: 'intake' },
      { to: '/intake/batches', label: 'shell.area_batches', icon: <InboxOutlined />, permission: 'intake' },
      {
        to: '/intake/quarantine',
        label: 'shell.area_quarantine',
        icon: <StopOutlined />,
        permission: 'intake',
      },
      {
        to: '/intake/sources',
        label: 'shell.area_sources',
        icon: <DatabaseOutlined />,
        permission: 'intake',
      },
    ],
  },
  {
    entries: [{ to: '/authenticity', label: 'shell.area_authenticity', icon: <SafetyCertificateOutlined /> }],
  },
  {
    heading: 'shell.area_resolution',
    entries: [
      { to: '/reviews', label: 'shell.area_reviews', icon: <MergeCellsOutlined />, permission: 'steward' },
      {
        to: '/linkage/runs',
        label: 'shell.area_linkage_runs',
        icon: <ClusterOutlined />,
        permission: 'read_customers',
      },
      {
        to: '/linkage/model',
        label: 'shell.area_linkage_model',
        icon: <ExperimentOutlined />,
        permission: 'read_customers',
      },
    ],
  },
  {
    heading: 'shell.area_rulebook',
    entries: [
      { to: '/packs', label: 'shell.area_packs', icon: <BookOutlined />, permission: 'read_customers' },
      { to: '/packs/rules', label: 'shell.area_rules', icon: <ReadOutlined />, permission: 'read_customers' },
    ],
  },
  {
    heading: 'shell.area_system',
    entries: [{ to: '/audit', label: 'shell.area_audit', icon: <AuditOutlined />, permission: 'audit' }],
  },
];

function AreaLink({ area }: { area: Area }) {
  const { t } = useLocalization();
  const isAllowed = usePermission(area.permission);
  if (!isAllowed) return null;
  return (
    <li>
      <Link
        to={area.to}
        className="area"
        activeProps={{ className: 'area chosen', 'aria-current': 'page' }}
        activeOptions={{ exact: area.to === '/' || area.to === '/packs', includeSearch: false }}
        title={t(area.label)}
      >
        {area.icon}
        <span className="area-label">{t(area.label)}</span>
      </Link>
    </li>
  );
}

function Areas() {
  const { t } = useLocalization();
  return (
    <nav className="areas" aria-label={t('shell.areas')}>
      <Link to="/" className="brand" title={t('shell.brand')}>
        <img src="/mark.svg" alt="" width={24} height={24} />
        <span className="area-label">{t('shell.brand')}</span>
      </Link>
      {areas.map((group) => (
        <div key={group.entries[0]?.to}>
          {group.heading && <div className="area-heading">{t(group.heading)}</div>}
          <ul>
            {group.entries.map((area) => (
              <AreaLink key={area.to} area={area} />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

export function Frame() {
  const { t } = useLocalization();
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <Areas />
      <div className="middle">
        <header className="top">
          <SearchBox />
          <AccountMenu />
        </header>
        <main id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
