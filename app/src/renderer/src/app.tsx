import type { ChecksumAlgorithm } from '#contracts/files';
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { AppBridge, FilePlace, Sidecars } from './api.ts';
import { createChecksumTask } from './checksum/checksum-task.ts';
import { checksumStatus, checksumTitle } from './checksum/checksum-text.ts';
import { ChecksumView } from './checksum/checksum-view.tsx';
import { manifestName } from './checksum/manifest-name.ts';
import { DropOverlay } from './folder/drop-overlay.tsx';
import { FolderBar } from './folder/folder-bar.tsx';
import { useFolder } from './folder/use-folder.ts';
import { useFolderDrop } from './folder/use-folder-drop.ts';
import { createOffloadTask } from './offload/offload-task.ts';
import { offloadStatus, offloadTitle } from './offload/offload-text.ts';
import { OffloadView } from './offload/offload-view.tsx';
import { isAbortError, toRunError } from './run/run-error.ts';
import { useRun } from './run/use-run.ts';
import { yieldToWindow } from './run/yield-to-window.ts';
import { defaultSearchOptions, toRequest } from './search/search-options.ts';
import { createSearchTask } from './search/search-task.ts';
import { searchStatus, searchTitle } from './search/search-text.ts';
import { SearchView } from './search/search-view.tsx';
import { focusFirstField } from './shell/focus-first-field.ts';
import { ModeTabs } from './shell/mode-tabs.tsx';
import { type Mode, modes } from './shell/modes.tsx';
import { type Notice, NoticeBar } from './shell/notice-bar.tsx';
import { modeShownBy, type ShortcutAction } from './shell/shortcuts.ts';
import { StatusBar } from './shell/status-bar.tsx';
import { useMenuActions } from './shell/use-menu-actions.ts';
import { useShortcuts } from './shell/use-shortcuts.ts';
import { useSidecarState } from './shell/use-sidecar-state.ts';
import { useTaskReport } from './shell/use-task-report.ts';
import { useWindowTitle } from './shell/use-window-title.ts';
import { defaultThumbnailsOptions } from './thumbnails/thumbnails-options.ts';
import { createThumbnailsTask } from './thumbnails/thumbnails-task.ts';
import { thumbnailsStatus, thumbnailsTitle } from './thumbnails/thumbnails-text.ts';
import { ThumbnailsView } from './thumbnails/thumbnails-view.tsx';
import { createVerifyTask } from './verify/verify-task.ts';
import { verifyStatus, verifyTitle } from './verify/verify-text.ts';
import { VerifyView } from './verify/verify-view.tsx';

export interface AppProps {
  readonly bridge: AppBridge;
  readonly sidecars: Sidecars;
}

/** The window: a folder, the tasks for it, and their results. */
export function App({ bridge, sidecars }: AppProps): ReactElement {
  const { platform } = bridge;
  const [mode, setMode] = useState<Mode>('checksum');
  const [notice, setNotice] = useState<Notice | null>(null);
  const [algorithm, setAlgorithm] = useState<ChecksumAlgorithm>('sha256');
  const [manifest, setManifest] = useState<string | null>(null);
  const [searchOptions, setSearchOptions] = useState(defaultSearchOptions);
  const [thumbnailsOptions, setThumbnailsOptions] = useState(defaultThumbnailsOptions);
  const patternRef = useRef<HTMLInputElement>(null);
  const sidecar = useSidecarState(bridge, 'files');

  const tasks = useMemo(() => createTasks(sidecars, bridge), [sidecars, bridge]);
  const checksum = useRun(tasks.checksum);
  const search = useRun(tasks.search);
  const verify = useRun(tasks.verify);
  const thumbnails = useRun(tasks.thumbnails);
  const offload = useRun(tasks.offload);
  const runs = { checksum, verify, search, thumbnails, offload };
  const states = {
    checksum: checksum.state,
    verify: verify.state,
    search: search.state,
    thumbnails: thumbnails.state,
    offload: offload.state,
  };
  const running = modes.filter((each) => states[each].status === 'running');
  const busy = running.some((each) => each !== 'offload');

  const takeManifest = (path: string): void => {
    setNotice(null);
    setManifest(path);
    setMode('verify');
    verify.reset();
  };
  const complain = (error: unknown): void => {
    if (!isAbortError(error)) setNotice({ tone: 'bad', text: toRunError(error).message });
  };
  const chooseManifest = async (): Promise<void> => {
    try {
      const path = await bridge.chooseManifest();
      if (path !== null) takeManifest(path);
    } catch (error) {
      complain(error);
    }
  };
  const openInEditor = async (root: string, { path, line, column }: FilePlace): Promise<void> => {
    try {
      await bridge.openInEditor(root, { path, line, column });
    } catch (error) {
      complain(error);
    }
  };

  const { folder, choose, drop } = useFolder({
    bridge,
    busy,
    onChange() {
      setNotice(null);
      for (const run of [checksum, verify, search]) run.reset();
    },
    onManifest: takeManifest,
    onProblem: (text) => setNotice({ tone: 'bad', text }),
  });
  const dragging = useFolderDrop(drop);

  const runChecksum = (): void => {
    if (folder === null || states.checksum.status === 'running') return;
    setNotice(null);
    checksum.start({ root: folder, algorithm });
  };
  const runVerify = (): void => {
    if (folder === null || manifest === null) return;
    setNotice(null);
    verify.start({ root: folder, manifest });
  };
  const runSearch = (): void => {
    if (folder === null || searchOptions.pattern === '') return;
    setNotice(null);
    search.start(toRequest(folder, searchOptions));
  };
  const runThumbnails = (): void => {
    if (folder === null) return;
    setNotice(null);
    thumbnails.start({ root: folder, ...thumbnailsOptions });
  };
  const runOffload = (): void => {
    if (states.offload.status !== 'running') offload.start(null);
  };
  const saveManifest = async (): Promise<void> => {
    if (checksum.state.status !== 'done' || checksum.state.result.output.files === 0) return;
    const { input, result } = checksum.state;
    try {
      const path = await bridge.saveManifest(result.output.manifest, manifestName(input.root, result.output.algorithm));
      if (path !== null) setNotice({ tone: 'good', text: `Manifest saved to ${path}` });
    } catch (error) {
      setNotice({ tone: 'bad', text: `The manifest could not be saved: ${toRunError(error).message}` });
    }
  };
  const show = (view: Mode): void => {
    // Rendered at once, because the fields exist only while the view is shown.
    flushSync(() => setMode(view));
    focusFirstField();
  };
  const findText = (): void => {
    show('search');
    patternRef.current?.select();
  };

  const perform = (action: ShortcutAction): void => {
    if (action === 'choose-folder') choose();
    else if (action === 'run')
      ({
        checksum: runChecksum,
        verify: runVerify,
        search: runSearch,
        thumbnails: runThumbnails,
        offload: runOffload,
      })[mode]();
    else if (action === 'cancel') runs[mode].cancel();
    else if (action === 'save-manifest') void saveManifest();
    else if (action === 'find') findText();
    else show(modeShownBy(action) ?? mode);
  };
  useShortcuts(platform, perform);
  useMenuActions(bridge, perform);
  useEffect(focusFirstField, [folder]);
  // For the benchmark: the first field takes keys.
  useEffect(() => void performance.mark('interactive'), []);

  const title =
    checksumTitle(states.checksum) ??
    verifyTitle(states.verify) ??
    searchTitle(states.search) ??
    thumbnailsTitle(states.thumbnails) ??
    offloadTitle(states.offload) ??
    folder;
  useWindowTitle(title === null ? 'ipc-link' : `${title} – ipc-link`);
  const statuses = {
    checksum: checksumStatus(states.checksum),
    verify: verifyStatus(states.verify),
    search: searchStatus(states.search),
    thumbnails: thumbnailsStatus(states.thumbnails),
    offload: offloadStatus(states.offload),
  };
  useTaskReport(bridge, states, statuses);

  return (
    <div className="window">
      <header className="top-bar">
        <FolderBar folder={folder} busy={busy} platform={platform} onChoose={choose} />
        <ModeTabs mode={mode} running={running} platform={platform} onChange={show} />
      </header>
      <main className="task" id="task-panel" role="tabpanel" aria-labelledby={`tab-${mode}`}>
        {notice && <NoticeBar notice={notice} onDismiss={() => setNotice(null)} />}
        {mode === 'checksum' ? (
          <ChecksumView
            {...{ folder, platform, algorithm }}
            state={checksum.state}
            onAlgorithmChange={setAlgorithm}
            onRun={runChecksum}
            onCancel={checksum.cancel}
            onSave={() => void saveManifest()}
            onChooseFolder={choose}
          />
        ) : mode === 'verify' ? (
          <VerifyView
            {...{ folder, manifest, platform }}
            state={verify.state}
            onChooseManifest={() => void chooseManifest()}
            onRun={runVerify}
            onCancel={verify.cancel}
            onChooseFolder={choose}
          />
        ) : mode === 'thumbnails' ? (
          <ThumbnailsView
            {...{ folder, platform }}
            files={sidecars.files}
            state={thumbnails.state}
            options={thumbnailsOptions}
            onOptionsChange={setThumbnailsOptions}
            onRun={runThumbnails}
            onCancel={thumbnails.cancel}
            onChooseFolder={choose}
          />
        ) : mode === 'offload' ? (
          <OffloadView bridge={bridge} run={offload} />
        ) : (
          <SearchView
            {...{ folder, platform, patternRef }}
            state={search.state}
            options={searchOptions}
            onOptionsChange={setSearchOptions}
            onRun={runSearch}
            onCancel={search.cancel}
            onChooseFolder={choose}
            onOpen={(root, place) => void openInEditor(root, place)}
          />
        )}
      </main>
      <StatusBar
        text={folder === null && mode !== 'offload' ? 'Choose a folder to begin.' : statuses[mode]}
        sidecar={sidecar}
      />
      {dragging && <DropOverlay busy={busy} />}
    </div>
  );
}

function createTasks({ files }: Sidecars, bridge: AppBridge) {
  const now = (): number => performance.now();
  return {
    checksum: createChecksumTask(files, now),
    verify: createVerifyTask(files),
    search: createSearchTask(files, { now, yieldToWindow }),
    thumbnails: createThumbnailsTask(files),
    offload: createOffloadTask(bridge),
  };
}
