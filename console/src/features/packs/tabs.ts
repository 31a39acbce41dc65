/// The tabs of an edition, as they stand in its address.
export const editionTabs = ['rules', 'text', 'differences', 'backtest', 'history'] as const;
export type EditionTab = (typeof editionTabs)[number];
