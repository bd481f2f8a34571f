import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { bridge } from './bridge.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { FatalPanel } from './shell/fatal-panel.tsx';
import { OpeningPanel } from './shell/opening-panel.tsx';
import { connect } from './sidecars.ts';

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no element with the id "root" to render into.');

const root = createRoot(container);
root.render(<OpeningPanel />);
try {
  const sidecars = await connect();
  root.render(
    <StrictMode>
      <ErrorBoundary>
        <App bridge={bridge} sidecars={sidecars} />
      </ErrorBoundary>
    </StrictMode>,
  );
} catch (error) {
  root.render(<FatalPanel error={error} />);
}
