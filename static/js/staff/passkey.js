// The browser's part of a passkey: makes or uses one as soon as the page is there, then sends what came of it.
// `handleRegister` and `handleSignin` are Flask-Security's.

const form = document.querySelector("[data-passkey]");
const ask = form.dataset.passkey === "make" ? handleRegister : handleSignin;

ask(form.dataset.options).then(({ credential, error_msg: failed }) => {
  if (failed) {
    form.querySelector("[data-passkey-failed]").hidden = false;
    return;
  }
  document.getElementById("credential").value = credential;
  form.submit();
});
