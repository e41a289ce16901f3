/** Sends notifications to web hooks. @packageDocumentation */
export { notificationsModuleWebhook as default } from './module';
