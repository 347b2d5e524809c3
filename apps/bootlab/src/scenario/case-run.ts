import type { LoadedScenario, ScenarioCase } from '@bootlab/scenario';
import { labHome, RequestContext } from '@bootlab/openstack';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import type { Lab } from '../lab';
import type { Content } from './content/content';
import type { WebServer } from './given/web-server';
import type { OwnServers } from './servers/own-servers';

/** An image that the scenario brought or a step made. */
export interface MadeImage {
  id: string;
  /** Absent where the lab does not know the bytes. */
  content?: Content;
}

export interface HttpResult {
  status: number;
  /** What the answer says went wrong, or the start of its body. */
  message: string;
  headers: Record<string, string>;
}

/** What came of a step, for later steps and for assertions. */
export interface StepResult {
  name: string;
  kind: string;
  /** In words. */
  summary: string;
  outcome: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  seconds: number;
  traceId?: string;
  servers?: string[];
  imageId?: string;
  http?: HttpResult;
  bytes?: { sha256: string; size: number };
  listed?: string[];
}

/** One run of one case, as it goes on: who runs it, what it has made, what its steps did. */
export class CaseRun {
  readonly id = randomBytes(4).toString('hex');
  readonly projectId = randomBytes(16).toString('hex');
  readonly userId = randomBytes(16).toString('hex');
  readonly startedAt = Date.now();
  readonly images = new Map<string, MadeImage>();
  /** Ids of flavors by name: DevStack's and the scenario's own. */
  readonly flavors = new Map<string, string>();
  readonly steps = new Map<string, StepResult>();
  web?: WebServer;

  constructor(
    readonly loaded: ScenarioCase,
    readonly seed: number,
    /** Absent when the lab is somebody else's. */
    readonly lab?: Lab,
    /** Absent when everything is built in. */
    readonly servers?: OwnServers,
  ) {}

  get scenario(): LoadedScenario {
    return this.loaded.scenario;
  }

  /** Folder of the scenario's file. */
  get folder(): string {
    return dirname(this.loaded.file);
  }

  get home(): string {
    return labHome();
  }

  /** Who runs the steps. */
  user(): RequestContext {
    return new RequestContext({
      projectId: this.projectId,
      userId: this.userId,
      roles: this.scenario.given.roles,
    });
  }

  /** Who prepares them, in the same project. */
  admin(projectId = this.projectId): RequestContext {
    return new RequestContext({ projectId, userId: this.userId, roles: ['admin'] });
  }

  /** What came of the steps so far, in the order of the file. */
  get results(): StepResult[] {
    return this.scenario.when.flatMap((step) => step.parallel ?? [step]).flatMap(({ as }) => this.steps.get(as) ?? []);
  }

  /** The step of that name. @throws Error when it has not run */
  step(name: string): StepResult {
    const step = this.steps.get(name);
    if (step === undefined)
      throw new Error(
        `There is no step ${name} before this one; there are ${[...this.steps.keys()].join(', ') || 'none'}.`,
      );
    return step;
  }

  /** The id of an image of `given`, of a step, or the text itself. */
  imageId(name: string): string {
    return this.images.get(name)?.id ?? this.steps.get(name)?.imageId ?? name;
  }
}
