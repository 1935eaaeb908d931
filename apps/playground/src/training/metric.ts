/** The metric of the curve and of the table: how high the hidden film of each user stands in the list. */
export const METRIC = 'ndcg@10';
