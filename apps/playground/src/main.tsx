import { useBackend } from '@footlight/engine';
import { render } from 'preact';
import { changeSource, fail, train } from './session/session.js';
import { movielensFile } from './sources/movielens.js';
import { App } from './view/app.js';
import './style.css';

render(<App />, document.getElementById('app')!);
try {
  await useBackend('wasm');
  changeSource({ kind: 'movielens', file: await movielensFile() });
  await train();
} catch (error) {
  fail(error);
}
if (import.meta.env.MODE === 'production') await navigator.serviceWorker?.register('service-worker.js').catch(() => {});
