import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { bridge } from './bridge.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { connect } from './sidecars.ts';

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no element with the id "root" to render into.');

const sidecars = await connect();
createRoot(container).render(
  <StrictMode>
    <ErrorBoundary>
      <App bridge={bridge} sidecars={sidecars} />
    </ErrorBoundary>
  </StrictMode>,
);
