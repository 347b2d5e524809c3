import { rabbitmqServer } from './rabbitmq-server';
import { testServices } from './services';

/** Says in one line for each service of the tests that it does not answer; exit code 1 when there is any. */
async function checkServices(): Promise<void> {
  for (const { title, variable, url, answer } of testServices) {
    try {
      await answer(url);
    } catch (error) {
      const { host } = new URL(url);
      const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
      process.stderr.write(`${title} does not answer at ${host} (${reason}): start it or set ${variable}.\n`);
      process.exitCode = 1;
    }
  }
  if (rabbitmqServer() === undefined) {
    process.stderr.write('rabbitmq-server is not installed on this machine: the specs that restart it are skipped.\n');
  }
}

void checkServices();
