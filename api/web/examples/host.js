// The widget asks for a token when it needs one; our own server knows who is
// signed in.
document.querySelector("wenshu-chat").getToken = async () => (await (await fetch("/wenshu-token", { method: "POST" })).json()).token;
