export { describeLayer, type LayerPromises } from './describe-layer.js';
