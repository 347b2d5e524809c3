import { renderHtml, renderJson, renderJunit, RunReport } from '@bootlab/scenario';
import { note } from '../../cli/output';
import { writeWholeFile } from '../../cli/whole-file';

export interface ReportFile {
  form: 'junit' | 'json' | 'html';
  file: string;
}

const render = { junit: renderJunit, json: renderJson, html: renderHtml };

async function* text(whole: string): AsyncGenerator<string> {
  yield await Promise.resolve(whole);
}

/** Writes every report that there is a place for. @throws Failure for the first without one, once the others are written */
export async function writeReports(report: RunReport, files: readonly ReportFile[]): Promise<void> {
  const failures: unknown[] = [];
  for (const { form, file } of files) {
    try {
      await writeWholeFile(file, text(render[form](report)));
      note(`${file} has the report.`);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

export function htmlFile(files: readonly ReportFile[]): string | undefined {
  return files.find(({ form }) => form === 'html')?.file;
}

/** What the user asked for, and the page that links lead to. */
export function reportFiles(files: readonly ReportFile[], page: string | undefined): readonly ReportFile[] {
  return page === undefined || htmlFile(files) !== undefined ? files : [...files, { form: 'html', file: page }];
}
