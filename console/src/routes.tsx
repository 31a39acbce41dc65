/// Every page with its address. Addresses carry no personal data: searches stand in them by an id only.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { queryClient, sessionQuery } from './api/queries';
import type { Batch, LinkageFamily } from './api/types';
import { batchStates } from './features/intake/states';
import { type EditionTab, editionTabs } from './features/packs/tabs';
import { type ReviewList, type ReviewOrder, reviewLists, reviewOrders } from './features/resolution/lists';
import { Frame } from './shell/frame';
import { PageFailed, PageLoading, PageUnknown } from './shell/states';

type Search = Record<string, unknown>;

interface CustomersSearch {
  /// The id of a search, see features/customers/searches.ts.
  search?: string;
  order?: 'number' | 'name';
  kind?: string;
  source?: string;
  /// The id of a saved view, and whether something was changed since it was chosen.
  view?: number;
  changed?: boolean;
}

interface PanoramaSearch {
  as_of?: string;
  tab?: 'overview' | 'records' | 'network' | 'timeline' | 'rules' | 'merges';
}

interface ImportSearch {
  upload?: string;
  trial?: string;
  source?: string;
}

interface BatchesSearch {
  source?: string;
  state?: Batch['state'];
}

interface QuarantineSearch {
  batch?: string;
  state?: 'open' | 'resubmitted' | 'discarded';
}

interface ReviewsSearch {
  /// One case, whatever is listed.
  id?: string;
  list?: ReviewList;
  order?: ReviewOrder;
  /// The code of a reason.
  reason?: string;
}

interface LinkageModelSearch {
  family?: LinkageFamily;
}

interface AuthenticitySearch {
  tool?: 'identifier' | 'names' | 'address';
}

interface RulesSearch {
  day?: string;
  /// A unit of the institution.
  branch?: string;
}

interface EditionSearch {
  tab?: EditionTab;
  /// A rule by its id.
  rule?: string;
}

interface AuditSearch {
  action?: string;
  subject?: string;
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function oneOf<Choice extends string>(value: unknown, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === value);
}

const root = createRootRoute({ notFoundComponent: PageUnknown, errorComponent: PageFailed });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Search): { back?: string; expired?: boolean } => ({
    back: word(search.back),
    expired: search.expired === true || undefined,
  }),
  component: lazyRouteComponent(() => import('./features/session/sign-in'), 'SignInPage'),
});

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: Frame,
  pendingComponent: PageLoading,
  errorComponent: PageFailed,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery).catch((error: unknown) => {
      if (isUnauthenticated(error)) throw redirect({ to: '/sign-in', search: { back: location.href } });
      throw error;
    });
    return { session };
  },
});

function isUnauthenticated(error: unknown): boolean {
  return (error as { problem?: { status?: number } }).problem?.status === 401;
}

const overview = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyRouteComponent(() => import('./features/overview/page'), 'OverviewPage'),
});

const customers = createRoute({
  getParentRoute: () => frame,
  path: '/customers',
  validateSearch: (search: Search): CustomersSearch => ({
    search: word(search.search),
    order: oneOf(search.order, ['number', 'name'] as const),
    kind: word(search.kind),
    source: word(search.source),
    view: Number(search.view) || undefined,
    changed: search.changed === true || undefined,
  }),
  component: lazyRouteComponent(() => import('./features/customers/list'), 'CustomersPage'),
});

const customer = createRoute({
  getParentRoute: () => frame,
  path: '/customers/$number',
  validateSearch: (search: Search): PanoramaSearch => ({
    as_of: word(search.as_of),
    tab: oneOf(search.tab, ['overview', 'records', 'network', 'timeline', 'rules', 'merges'] as const),
  }),
  component: lazyRouteComponent(() => import('./features/customers/panorama'), 'PanoramaPage'),
});

const imports = createRoute({
  getParentRoute: () => frame,
  path: '/intake/import',
  validateSearch: (search: Search): ImportSearch => ({
    upload: word(search.upload),
    trial: word(search.trial),
    source: word(search.source),
  }),
  component: lazyRouteComponent(() => import('./features/intake/wizard'), 'ImportPage'),
});

const batches = createRoute({
  getParentRoute: () => frame,
  path: '/intake/batches',
  validateSearch: (search: Search): BatchesSearch => ({
    source: word(search.source),
    state: oneOf(search.state, batchStates),
  }),
  component: lazyRouteComponent(() => import('./features/intake/batches'), 'BatchesPage'),
});

const batch = createRoute({
  getParentRoute: () => frame,
  path: '/intake/batches/$id',
  component: lazyRouteComponent(() => import('./features/intake/batch'), 'BatchPage'),
});

const quarantine = createRoute({
  getParentRoute: () => frame,
  path: '/intake/quarantine',
  validateSearch: (search: Search): QuarantineSearch => ({
    batch: word(search.batch),
    state: oneOf(search.state, ['open', 'resubmitted', 'discarded'] as const),
  }),
  component: lazyRouteComponent(() => import('./features/intake/quarantine'), 'QuarantinePage'),
});

const sources = createRoute({
  getParentRoute: () => frame,
  path: '/intake/sources',
  component: lazyRouteComponent(() => import('./features/intake/sources'), 'SourcesPage'),
});

const authenticity = createRoute({
  getParentRoute: () => frame,
  path: '/authenticity',
  validateSearch: (search: Search): AuthenticitySearch => ({
    tool: oneOf(search.tool, ['identifier', 'names', 'address'] as const),
  }),
  component: lazyRouteComponent(() => import('./features/authenticity/page'), 'AuthenticityPage'),
});

const reviews = createRoute({
  getParentRoute: () => frame,
  path: '/reviews',
  validateSearch: (search: Search): ReviewsSearch => ({
    id: search.id === undefined ? undefined : word(String(search.id)),
    list: oneOf(search.list, reviewLists),
    order: oneOf(search.order, reviewOrders),
    reason: word(search.reason),
  }),
  component: lazyRouteComponent(() => import('./features/resolution/queue'), 'ReviewsPage'),
});

const linkageModel = createRoute({
  getParentRoute: () => frame,
  path: '/linkage/model',
  validateSearch: (search: Search): LinkageModelSearch => ({
    family: oneOf(search.family, ['person', 'organisation'] as const),
  }),
  component: lazyRouteComponent(() => import('./features/linkage/model'), 'LinkageModelPage'),
});

const linkageRuns = createRoute({
  getParentRoute: () => frame,
  path: '/linkage/runs',
  component: lazyRouteComponent(() => import('./features/linkage/runs'), 'LinkageRunsPage'),
});

const linkageRun = createRoute({
  getParentRoute: () => frame,
  path: '/linkage/runs/$id',
  component: lazyRouteComponent(() => import('./features/linkage/run'), 'LinkageRunPage'),
});

const packs = createRoute({
  getParentRoute: () => frame,
  path: '/packs',
  component: lazyRouteComponent(() => import('./features/packs/packs'), 'PacksPage'),
});

const rulesInForce = createRoute({
  getParentRoute: () => frame,
  path: '/packs/rules',
  validateSearch: (search: Search): RulesSearch => ({
    day: word(search.day),
    branch: search.branch === undefined ? undefined : word(String(search.branch)),
  }),
  component: lazyRouteComponent(() => import('./features/packs/rules-in-force'), 'RulesInForcePage'),
});

const packEdition = createRoute({
  getParentRoute: () => frame,
  path: '/packs/editions/$id',
  validateSearch: (search: Search): EditionSearch => ({
    tab: oneOf(search.tab, editionTabs),
    rule: search.rule === undefined ? undefined : word(String(search.rule)),
  }),
  component: lazyRouteComponent(() => import('./features/packs/edition'), 'EditionPage'),
});

/// An address that leads nowhere keeps the frame, so that there is a way on.
const unknown = createRoute({ getParentRoute: () => frame, path: '$', component: PageUnknown });

const audit = createRoute({
  getParentRoute: () => frame,
  path: '/audit',
  validateSearch: (search: Search): AuditSearch => ({
    action: word(search.action),
    subject: word(search.subject),
  }),
  component: lazyRouteComponent(() => import('./features/audit/list'), 'AuditPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    frame.addChildren([
      overview,
      customers,
      customer,
      imports,
      batches,
      batch,
      quarantine,
      sources,
      authenticity,
      reviews,
      linkageModel,
      linkageRuns,
      linkageRun,
      packs,
      rulesInForce,
      packEdition,
      audit,
      unknown,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: PageFailed,
  defaultPendingComponent: PageLoading,
  defaultPendingMs: 150,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
