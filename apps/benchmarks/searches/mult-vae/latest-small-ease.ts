import { latestSmall } from '../../experiments/mult-vae.js';
import { createEaseSearch } from '../ease.js';

export default createEaseSearch(latestSmall);
