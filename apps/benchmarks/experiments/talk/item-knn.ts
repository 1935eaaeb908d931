import { createBaseline } from '../../searches/baselines.js';

export default await createBaseline('talk/', 'item-knn');
