import { manageDatabase, runManage } from '@bootlab/database';
import { novaDatabaseOptions } from '@bootlab/nova-db';

// Plays nova-manage.
void runManage((task, warn) => manageDatabase(task, ...novaDatabaseOptions(warn)));
