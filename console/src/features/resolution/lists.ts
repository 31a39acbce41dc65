/// Which lists of cases there are, and in which orders.
export const reviewLists = ['open', 'free', 'mine', 'second_opinion', 'decided'] as const;
export type ReviewList = (typeof reviewLists)[number];
export const reviewOrders = ['evidence', 'age'] as const;
export type ReviewOrder = (typeof reviewOrders)[number];
