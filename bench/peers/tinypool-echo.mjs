import { echoValue } from './base64.mjs';

export default echoValue;
