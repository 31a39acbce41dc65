import { describe, expect, it } from 'vitest';
import type { SavedView } from '../../api/types';
import { layoutOf } from './layout';

const view: SavedView = {
  id: '7',
  list: 'customers',
  name: 'branch',
  own: true,
  owner: 'clerk',
  shared: false,
  columns: ['number', 'name'],
  order: 'name',
  filters: { kind: 'person' },
  updated_at: '2026-01-31T08:00:00Z',
};

describe('the layout of the customer list', () => {
  it('is that of the view in the address, so that a link gives the same list to a colleague', () => {
    expect(layoutOf({ view: 7 }, [view], ['number'])).toMatchObject({
      columns: ['number', 'name'],
      order: 'name',
      kind: 'person',
      isChanged: false,
    });
  });

  it('is that of the address once something was changed, and still knows the view', () => {
    const layout = layoutOf({ view: 7, changed: true, source: 'core' }, [view], ['number']);
    expect(layout).toMatchObject({ columns: ['number'], source: 'core', isChanged: true, view });
    expect(layout.kind).toBeUndefined();
  });

  it('says that a view is gone, but not before the views are known', () => {
    expect(layoutOf({ view: 8 }, undefined, undefined).isViewMissing).toBe(false);
    expect(layoutOf({ view: 8 }, [view], undefined).isViewMissing).toBe(true);
  });
});
