import { Module } from '@nestjs/common';
import { JaegerUiController } from './jaeger-ui.controller';
import { UiFiles } from './ui-files';

@Module({ controllers: [JaegerUiController], providers: [UiFiles] })
export class JaegerUiModule {}
