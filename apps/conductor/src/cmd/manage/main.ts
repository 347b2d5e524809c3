import { manageDatabase, runManage } from '@bootlab/database';
import { novaDatabaseOptions } from '@bootlab/nova';

// Plays nova-manage.
void runManage((task, warn) => manageDatabase(task, ...novaDatabaseOptions(warn)));
