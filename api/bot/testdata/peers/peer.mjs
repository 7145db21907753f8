// The vendors' own clients against our fakes of their servers:
//   node peer.mjs VENDOR ADDRESS
// Each prints what it heard as one line of JSON, answers it, and ends.
import {createRequire} from 'node:module';

const [vendor, base] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const said = (value) => console.log('HEARD ' + JSON.stringify(value));
const quiet = {info() {}, warn() {}, error: console.error, debug() {}, trace() {}};

const peers = {
  async dingtalk() {
    const axios = require('axios');
    axios.interceptors.request.use((c) => ({...c, url: c.url.replace('https://api.dingtalk.com', base)}));
    const {DWClient} = require('dingtalk-stream');
    const client = new DWClient({clientId: 'dingfakeclientid0001', clientSecret: 'dingtalk-client-secret-0001'});
    client.registerCallbackListener('/v1.0/im/bot/messages/get', async (frame) => {
      const message = JSON.parse(frame.data);
      said({text: message.text.content, webhook: message.sessionWebhook});
      client.socketCallBackResponse(frame.headers.messageId, {});
      await axios.post(message.sessionWebhook, {msgtype: 'markdown', markdown: {title: 'peer', text: 'peer says hello'}});
      setTimeout(() => process.exit(0), 300);
    });
    await client.connect();
  },

  async feishu() {
    const lark = require('@larksuiteoapi/node-sdk');
    const config = {appId: 'cli_0123456789abcdef', appSecret: 'feishu-app-secret-0001', domain: base, logger: quiet};
    const client = new lark.Client(config);
    const socket = new lark.WSClient(config);
    const dispatcher = new lark.EventDispatcher({logger: quiet}).register({
      'im.message.receive_v1': async (data) => {
        said({text: JSON.parse(data.message.content).text, chat: data.message.chat_id});
        const send = () => client.im.message.create({
          params: {receive_id_type: 'chat_id'},
          data: {receive_id: data.message.chat_id, msg_type: 'text', content: JSON.stringify({text: 'peer says hello'}), uuid: 'one-uuid'},
        });
        const [one, two] = [await send(), await send()];
        said({same: one.data.message_id === two.data.message_id});
        setTimeout(() => process.exit(0), 300);
      },
    });
    await socket.start({eventDispatcher: dispatcher});
  },

  async wecom() {
    const {WSClient} = require('@wecom/aibot-node-sdk');
    const client = new WSClient({botId: 'aib-bot-1', secret: 'wecom-secret-0001', wsUrl: base.replace('http', 'ws'), logger: quiet});
    client.on('message.text', async (frame) => {
      said({text: frame.body.text.content, user: frame.body.from.userid});
      await client.replyStream(frame, 'stream-1', 'peer thinks', false);
      await client.replyStream(frame, 'stream-1', 'peer says hello', true);
      const media = await client.uploadMedia(Buffer.alloc(600 << 10, 'x'), {type: 'image', filename: 'x.png'});
      await client.sendMediaMessage('group1', 'image', media.media_id);
      client.disconnect();
      setTimeout(() => process.exit(0), 300);
    });
    client.connect();
  },
};

await peers[vendor]();
