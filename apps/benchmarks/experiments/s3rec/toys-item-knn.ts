import { createBaseline } from '../../searches/baselines.js';

export default await createBaseline('s3rec/toys-', 'item-knn');
