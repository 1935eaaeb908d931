import { createBaseline } from '../../searches/baselines.js';

export default await createBaseline('triplet/', 'ease');
