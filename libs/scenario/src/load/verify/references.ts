import { allEntries, playedServices } from '@bootlab/hop';
import { devstackFlavors, imageStatuses, statusFromState, taskStates, vmStates } from '@bootlab/openstack';
import { suggest } from '../../schema/nearest';
import type { Tell, Path } from '../problem';
import type { Subject } from './subject';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const services = [...new Set(allEntries().flatMap(({ id }) => playedServices(id)))].filter(
  (name) => name !== 'bootlab',
);

/** Every service that has spans. */
export const serviceNames = [...services, 'bootlab'];
const tasks = Object.values(taskStates);
const serverStatuses = Object.values(vmStates).map(statusFromState);

/** Tells of each name that stands for nothing. A name with a placeholder is known only when the scenario runs. */
class References {
  constructor(
    private readonly subject: Subject,
    private readonly tell: Tell,
  ) {}

  check(what: string, name: string | undefined, known: readonly string[], path: Path): void {
    if (name === undefined || name.includes('${') || known.includes(name)) return;
    this.tell(path, `There is no ${what} ${name}.${suggest(name, known)}`);
  }

  image(name: string | undefined, path: Path, known = this.subject.images): void {
    // What is given might be the one, once it is right.
    const given = this.subject.raw['given'] as { images?: unknown } | null | undefined;
    if (name === undefined || UUID.test(name) || given === null || Array.isArray(given?.images)) return;
    if (known.includes(name) || !this.subject.images.includes(name)) this.check('image', name, known, path);
    else this.tell(path, `Image ${name} is not there yet: put the step that makes it before this one.`);
  }

  /** A step that leaves a server before this one. */
  boot(name: string | undefined, before: readonly string[], path: Path): void {
    this.check('step before this one called', name, before, path);
    const step = before.includes(name ?? '') ? this.subject.steps.find((each) => each.name === name) : undefined;
    if (step && step.value.boot === undefined) this.tell(path, `Step ${name} is not a boot, so it has no server.`);
  }

  steps(): void {
    const flavors = [...this.subject.flavors, ...devstackFlavors.map(({ name }) => name)];
    const { images, given, stepNames } = this.subject;
    const early = (image: string) => Object.hasOwn(given.images ?? {}, image) || !stepNames.includes(image);
    for (const { value, path, before } of this.subject.steps) {
      const made = images.filter((image) => before.includes(image) || early(image));
      const { boot, show_image, download, delete: deleted, wait, restart, stop, cut } = value;
      this.image(boot?.image, [...path, 'boot', 'image'], made);
      this.check('flavor', boot?.flavor, flavors, [...path, 'boot', 'flavor']);
      this.image(show_image?.image, [...path, 'show_image', 'image'], made);
      this.image(download?.image, [...path, 'download', 'image'], made);
      this.image(deleted?.image, [...path, 'delete', 'image'], made);
      this.boot(deleted?.server, before, [...path, 'delete', 'server']);
      if (typeof wait === 'object') {
        this.boot(wait.server, before, [...path, 'wait', 'server']);
        this.check('server status', wait.status, serverStatuses, [...path, 'wait', 'status']);
        this.check('task state', wait.task_state, [...tasks, 'none'], [...path, 'wait', 'task_state']);
      }
      this.check('service', restart, this.processes(), [...path, 'restart']);
      this.check('service', stop, this.processes(), [...path, 'stop']);
      this.cut(cut?.connection, [...path, 'cut', 'connection']);
    }
  }

  assertions(): void {
    const { assertions, stepNames } = this.subject;
    for (const { value, path } of assertions) {
      this.check('step', value.of, stepNames, [...path, 'of']);
      for (const key of ['server', 'http', 'bytes_equal', 'listed'] as const) {
        this.check('step', value[key]?.of, stepNames, [...path, key, 'of']);
      }
      this.check('server status', value.server?.status, serverStatuses, [...path, 'server', 'status']);
      this.check('task state', value.server?.task_state ?? undefined, tasks, [...path, 'server', 'task_state']);
      this.check('image status', value.image?.status, imageStatuses, [...path, 'image', 'status']);
      this.image(value.image?.of, [...path, 'image', 'of']);
      this.image(value.bytes_equal?.image, [...path, 'bytes_equal', 'image']);
      this.edges(value.service_edges?.include, [...path, 'service_edges', 'include']);
      this.edges(value.service_edges?.exactly, [...path, 'service_edges', 'exactly']);
    }
  }

  /** What can be stopped: each of several compute hosts is a process of its own. */
  private processes(): string[] {
    const count = this.subject.given.hosts?.count ?? 1;
    const hosts = Array.from({ length: count }, (_, index) => `compute-manager@compute${index + 1}`);
    const several = count > 1;
    return [...services.filter((name) => !several || name !== 'compute-manager'), 'lab', ...(several ? hosts : [])];
  }

  /** Only a connection to a server can be cut, not what is built in. */
  private cut(connection: 'broker' | 'database' | undefined, path: Path): void {
    const { transport, database } = this.subject.given;
    if (connection === 'broker' && transport !== 'rabbitmq') this.tell(path, 'There is no broker to cut off: say transport: rabbitmq in given.'); // prettier-ignore
    if (connection === 'database' && (database ?? 'sqlite') === 'sqlite') this.tell(path, 'There is no database server to cut off: say database: mysql or postgresql in given.'); // prettier-ignore
  }

  private edges(edges: string[] | undefined, path: Path): void {
    edges?.forEach((edge, index) => {
      const ends = edge.split('>').map((end) => end.trim());
      if (ends.length !== 2) this.tell([...path, index], 'Write it as FROM > TO, e.g. compute-api > glance-api.');
      else for (const end of ends) this.check('service', end, serviceNames, [...path, index]);
    });
  }
}

/** Each name of an image, flavor, step or service must stand for one. */
export function verifyReferences(subject: Subject, tell: Tell): void {
  const references = new References(subject, tell);
  references.steps();
  references.assertions();
  subject.steps.forEach(({ name, path }) => {
    if (subject.stepNames.indexOf(name) !== subject.stepNames.lastIndexOf(name)) {
      tell([...path, 'as'], `Several steps are called ${name}: give each a name of its own with \`as\`.`);
    }
  });
}
