import { databaseGroup } from './database';
import { notificationsGroup, rabbitGroup } from './messaging';
import { bool, choice, int, intFrom, list, octal, optionalStr, port, str } from './option';

/** glance-api.conf. Section and option names are Queens' own. */
export const glanceApiConf = {
  file: 'glance-api.conf',
  groups: {
    DEFAULT: {
      bind_host: str('127.0.0.1', 'Address glance-api listens on.'),
      bind_port: port(9292, 'Port of glance-api.'),
      registry_host: str('127.0.0.1', 'Where glance-registry is.'),
      registry_port: port(9191, 'Port of glance-registry; 0: the port the lab gave it.'),
      registry_client_timeout: intFrom(0, 600, 'Seconds glance-api waits for the registry; 0 for no limit.'),
      image_size_cap: intFrom(1, 1099511627776, 'Largest image in bytes.'),
      image_property_quota: int(128, 'Properties of an image; negative for no limit.'),
      user_storage_quota: str(
        '0',
        'Bytes one project may store, with an optional unit (KB, MB, GB, TB); 0 for no limit.',
      ),
      property_protection_file: optionalStr(
        undefined,
        'Rules on who may create, read, update or delete which property.',
      ),
      property_protection_rule_format: choice(['roles', 'policies'], 'roles', 'What the values of that file are.'),
      delayed_delete: bool(false, 'Keep the bytes of a deleted image as pending_delete.'),
      transport_url: optionalStr(
        undefined,
        'Where notifications go: rabbit://USER:PASSWORD@HOST:PORT/VHOST. Unset: nowhere but into the trace.',
      ),
      control_exchange: str('glance', 'Exchange of glance on a broker. Labs that share a virtual host need one each.'),
      default_publisher_id: str('image.localhost', 'Who sends the notifications.'),
    },
    oslo_messaging_rabbit: rabbitGroup,
    oslo_messaging_notifications: notificationsGroup,
    glance_store: {
      stores: list(['file', 'http'], 'Store drivers to load.'),
      default_store: str('file', 'Scheme of the store that takes uploads.'),
      filesystem_store_datadir: str('$state_path/images', 'Folder of the file store.'),
      filesystem_store_file_perm: octal('0', 'Mode of a stored file, e.g. 640; 0 leaves it to the umask.'),
      https_insecure: bool(true, 'Accept any certificate of a https location.'),
      https_ca_certificates_file: optionalStr(undefined, 'CA file for https locations.'),
    },
    oslo_policy: {
      policy_file: str('policy.json', 'Policy rules; a relative path is looked up in the etc folder.'),
    },
  },
};

/** glance-registry.conf. Section and option names are Queens' own. */
export const glanceRegistryConf = {
  file: 'glance-registry.conf',
  groups: {
    DEFAULT: {
      bind_host: str('127.0.0.1', 'Address glance-registry listens on.'),
      bind_port: port(9191, 'Port of glance-registry.'),
      limit_param_default: intFrom(1, 25, 'Images of a list page when the request does not say.'),
      api_limit_max: intFrom(1, 1000, 'Longest page of a list.'),
    },
    database: databaseGroup('sqlite:///$state_path/glance.sqlite', "glance's database:"),
  },
};
