import { ProcessIdentity, identify } from './process-identity';
import { RestartPolicy } from './restart-policy';
import type { ServiceProcess } from './service-process';
import type { ServiceSpec } from './services';

export type ServiceState = 'waiting' | 'starting' | 'up' | 'restarting' | 'failed' | 'stopped';

/** What is known of one service. `pid`, `birth` and `url` are absent while it does not run. */
export interface ServiceStatus extends Partial<ProcessIdentity> {
  name: string;
  state: ServiceState;
  url?: string;
  /** How often it was started again. */
  restarts: number;
  /** How its last run ended, when it ended by itself. */
  lastExit?: string;
}

/** One service as the supervisor holds it: its state and, while it runs, its process. */
export class Supervised {
  state: ServiceState = 'waiting';
  process?: ServiceProcess;
  url?: string;
  lastExit?: string;
  restart?: NodeJS.Timeout;
  readonly policy = new RestartPolicy();

  constructor(readonly spec: ServiceSpec) {}

  /** With what it starts: once it has had a port, the same port again. */
  environment(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const env = { ...base, ...this.spec.env };
    if (this.spec.portVariable === undefined || this.url === undefined) return env;
    return { ...env, [this.spec.portVariable]: new URL(this.url).port };
  }

  get status(): ServiceStatus {
    const { spec, state, url, lastExit } = this;
    const running = this.process === undefined ? {} : { ...identify(this.process.pid), url };
    return { name: spec.name, state, ...running, restarts: this.policy.count, lastExit };
  }
}
