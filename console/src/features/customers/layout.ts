/// What of the customer list is shown: its columns, order and filters, from a saved view or as changed since.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { SavedView } from '../../api/types';
import { type Order, savedViewsQuery } from './queries';

const storageName = 'hubu.customers.columns';

export interface Filters {
  order?: Order;
  kind?: string;
  source?: string;
}

export interface Layout extends Filters {
  /// The names of the columns to show; none shows all.
  columns: string[] | undefined;
  /// The saved view in use, if it is one that this account may use.
  view: SavedView | undefined;
  /// Whether something was changed since the view was chosen.
  isChanged: boolean;
  /// Whether the address names a view that is not there any more.
  isViewMissing: boolean;
  isLoading: boolean;
}

export interface LayoutSearch extends Filters {
  view?: number;
  changed?: boolean;
}

function rememberedColumns(): string[] | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageName) ?? 'null');
    return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : undefined;
  } catch {
    return undefined;
  }
}

function orderOf(order: string | null | undefined): Order | undefined {
  return order === 'name' || order === 'number' ? order : undefined;
}

/// The view gives the layout until something is changed; from then on the address does.
export function layoutOf(
  search: LayoutSearch,
  views: SavedView[] | undefined,
  columns: string[] | undefined,
): Layout {
  const view = views?.find((known) => known.id === String(search.view));
  const isChanged = search.changed === true;
  const state = {
    view,
    isChanged,
    isViewMissing: search.view !== undefined && views !== undefined && view === undefined,
    isLoading: search.view !== undefined && views === undefined,
  };
  if (view && !isChanged) {
    const { kind, source } = view.filters ?? {};
    return { ...state, columns: view.columns, order: orderOf(view.order), kind, source };
  }
  const { order, kind, source } = search;
  return { ...state, columns, order, kind, source };
}

export function useLayout() {
  const search = useSearch({ from: '/frame/customers' });
  const navigate = useNavigate();
  const { data } = useQuery({ ...savedViewsQuery, enabled: search.view !== undefined });
  const [columns, setColumns] = useState(rememberedColumns);
  const layout = layoutOf(search, data?.items, columns);

  function remember(next: string[] | undefined): void {
    if (next) localStorage.setItem(storageName, JSON.stringify(next));
    else localStorage.removeItem(storageName);
    setColumns(next);
  }
  /// What is not named stays as it is shown now, also when it came from a view.
  function change(changed: Filters & { columns?: string[] }): void {
    const { order, kind, source } = { ...layout, ...changed };
    if ('columns' in changed || layout.view)
      remember('columns' in changed ? changed.columns : layout.columns);
    const view = layout.view ? Number(layout.view.id) : undefined;
    void navigate({
      to: '/customers',
      search: { order, kind, source, view, changed: view ? true : undefined },
    });
  }
  function choose(view: string | undefined): void {
    void navigate({ to: '/customers', search: { view: view === undefined ? undefined : Number(view) } });
  }
  return { layout, change, choose };
}

export type LayoutControls = ReturnType<typeof useLayout>;
