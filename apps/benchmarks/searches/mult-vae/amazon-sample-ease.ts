import { amazonSample } from '../../experiments/mult-vae.js';
import { createEaseSearch } from '../ease.js';

export default createEaseSearch(amazonSample);
