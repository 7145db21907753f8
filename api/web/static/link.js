// The page where somebody of a chat shows who they are: it takes the signed link
// behind #, signs in with an access token, shows whom the link is of, and joins
// the two only when asked to. What it shows is set as text, never as markup.
const words = {
  zh: {
    title: "关联账号", old: "这个链接已经失效。请回到聊天里再点一次按钮。", token: "问数的访问令牌", next: "下一步", wrong: "令牌不对。", busy: "请稍后再试。",
    sure: (j) => `“${j.name || j.user}”（${j.vendor}，成员 ${j.user}，组织 ${j.tenant}）今后将以“${j.viewer}”的身份和权限提问。只有这确实是您自己的聊天账号时才继续。`,
    join: "是我本人，关联", done: "已关联。请回到聊天里提问。",
  },
  en: {
    title: "Link your account", old: "This link is out of date. Go back to the chat and press the button again.", token: "Your access token for wenshu", next: "Next", wrong: "The token is wrong.", busy: "Please try again later.",
    sure: (j) => `“${j.name || j.user}” (${j.vendor}, member ${j.user}, organisation ${j.tenant}) will ask as “${j.viewer}”, with their rights. Go on only if this is your own account in the chat.`,
    join: "It is me, link", done: "Linked. Go back to the chat and ask.",
  },
};
const say = words[navigator.language.startsWith("zh") ? "zh" : "en"];
document.documentElement.lang = say === words.zh ? "zh-CN" : "en";
const link = location.hash.slice(1);
history.replaceState(null, "", location.pathname); // it is in no history and no bookmark
const part = (id) => document.getElementById(id);
const about = part("about"), go = part("go"), token = part("token");

async function send(sure) {
  const headers = { "Content-Type": "application/json" };
  if (token.value) headers.Authorization = `Bearer ${token.value.trim()}`;
  const reply = await fetch("/api/v1/link", { method: "POST", headers, body: JSON.stringify({ token: link, sure }) });
  return { status: reply.status, body: reply.ok ? await reply.json() : null };
}

async function step(sure) {
  go.disabled = true;
  const { status, body } = await send(sure).catch(() => ({ status: 0, body: null }));
  go.disabled = false;
  if (status === 401) {
    part("sign-in").hidden = go.hidden = false;
    about.textContent = token.value ? say.wrong : "";
    token.focus();
  } else if (status === 400 || status === 404) {
    part("sign-in").hidden = go.hidden = true;
    about.textContent = say.old;
  } else if (!body) {
    go.hidden = false;
    about.textContent = say.busy;
  } else if (body.done) {
    go.hidden = true;
    about.textContent = say.done;
  } else {
    part("sign-in").hidden = true;
    go.hidden = false;
    about.textContent = say.sure(body);
    go.textContent = say.join;
    go.onclick = () => step(true);
  }
}

part("title").textContent = say.title;
part("label").textContent = say.token;
go.textContent = say.next;
go.onclick = () => step(false);
token.onkeydown = (e) => { if (e.key === "Enter") go.click(); };
step(false);
