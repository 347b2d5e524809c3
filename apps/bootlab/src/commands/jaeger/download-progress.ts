import { Progress, progress } from '../image/progress';

/** Shows a download from its first byte on. */
export interface DownloadProgress {
  tell(bytes: number, total: number): void;
  end(): void;
}

export function downloadProgress(what: string): DownloadProgress {
  let shown: Progress | undefined;
  return {
    tell(bytes, total) {
      shown ??= progress(what, total);
      shown.tell(bytes);
    },
    end: () => shown?.end(),
  };
}
