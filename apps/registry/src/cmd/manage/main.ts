import { manageDatabase, runManage } from '@bootlab/database';
import { glanceDatabaseOptions } from '../../db/open';

// Plays glance-manage.
void runManage((task, warn) => manageDatabase(task, ...glanceDatabaseOptions(warn)));
