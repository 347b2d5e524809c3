import { createStores } from '@bootlab/image-store';
import { etcFolder, glanceApiConf, httpUrl, loadConf, locateService, serviceUrl } from '@bootlab/openstack';
import { createTransport, Notifier, RpcTransport } from '@bootlab/rpc';
import { Running, serveHttp } from '@bootlab/service';
import type { LabLogger } from '@bootlab/tracing';
import { resolve } from 'node:path';
import { negotiateVersion } from './api/middleware/version-negotiation';
import { Enforcer } from './api/policy';
import { GlanceApiModule } from './app.module';
import { BaseClient } from './common/client';
import { PropertyRules } from './common/property-utils';
import type { GlanceConf } from './conf';
import { notifyThrough } from './notifier';

/** Header bytes of one request: 128 properties and more go there. */
const LARGEST_HEADERS = 64 * 1024;

/** Seconds a notification waits for a broker that is away. */
const DELIVERY_TIMEOUT = 60;

/** Loads policy and stores, and serves the image API. */
export async function serve(logger: LabLogger): Promise<Running> {
  const conf = loadConf(glanceApiConf);
  const enforcer = new Enforcer(resolve(etcFolder(), conf.oslo_policy.policy_file), logger);
  const parts = {
    conf,
    logger,
    enforcer,
    propertyRules: propertyRules(conf, enforcer),
    stores: createStores(conf.glance_store),
    registry: new BaseClient(
      once(() => registryUrl(conf)),
      conf.DEFAULT.registry_client_timeout,
    ),
  };
  const transport = openTransport(conf, logger);
  const running = await serveHttp({
    service: 'glance-api',
    logger,
    module: GlanceApiModule.with(parts),
    adapter: {
      rewriteUrl: (request) => negotiateVersion(request as Parameters<typeof negotiateVersion>[0]),
      http: { maxHeaderSize: LARGEST_HEADERS },
    },
    configure(app) {
      const fastify = app.getHttpAdapter().getInstance();
      // Bodies are image bytes: whoever wants them reads the request itself.
      fastify.removeAllContentTypeParsers();
      fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
    },
  });
  return {
    url: running.url,
    async close() {
      await running.close();
      await transport?.close();
    },
  };
}

/** The way of the notifications, when they are messages. */
function openTransport(conf: GlanceConf, logger: LabLogger): RpcTransport | undefined {
  const { transport_url, control_exchange, default_publisher_id: publisher } = conf.DEFAULT;
  const { driver, topics } = conf.oslo_messaging_notifications;
  if (transport_url === undefined || driver === 'noop') return undefined;
  const tell = (message: string) => logger.warn(message);
  const rabbit = { ...conf.oslo_messaging_rabbit, control_exchange };
  const transport = createTransport(transport_url, { deliveryTimeout: DELIVERY_TIMEOUT, rabbit, tell });
  notifyThrough({ notifier: new Notifier(transport, tell), topics, publisher });
  return transport;
}

function propertyRules({ DEFAULT: conf }: GlanceConf, enforcer: Enforcer): PropertyRules {
  if (conf.property_protection_file === undefined) return PropertyRules.open();
  const file = resolve(etcFolder(), conf.property_protection_file);
  return PropertyRules.read(file, conf.property_protection_rule_format, enforcer);
}

/** Port 0 means: where the lab has the registry. */
async function registryUrl({ DEFAULT: { registry_host: host, registry_port: port } }: GlanceConf): Promise<string> {
  if (port === 0) return serviceUrl('registry');
  const url = httpUrl(host, port);
  locateService('registry', url);
  return url;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
