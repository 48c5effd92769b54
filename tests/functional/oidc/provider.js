// A certified OpenID provider with people who can be changed while it runs, and doors beside it where its tokens are bent.
//
// node provider.js PORT REDIRECT: prints "ready" when it answers. Accounts sign in by their name, without a password.
//   POST /people   {"account": {"netra_role": …, "netra_scope": […]}}   who there is; replaces what was known
//   GET  /bent/KIND/.well-known/openid-configuration                   the same provider, whose ID tokens are bent
import { createServer } from "node:http";
import { generateKeyPairSync } from "node:crypto";
import { SignJWT, decodeJwt, importJWK } from "jose";
import { Provider } from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const jwk = { ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }),
  use: "sig", kid: "test", alg: "RS256" };
const strange = { ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), kid: "test" };
let people = {};

const provider = new Provider(issuer, {
  clients: ["netra", "netra-second"].map((client_id) => ({ client_id, client_secret: "a-secret-of-the-tests-alone-0123456789",
    redirect_uris: [redirect], post_logout_redirect_uris: [redirect] })),
  jwks: { keys: [jwk] },
  cookies: { keys: ["cookie-key-of-the-tests"] },
  claims: { openid: ["sub"], netra: ["netra_role", "netra_scope"] },
  scopes: ["openid", "netra"],
  conformIdTokenClaims: true,
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  ttl: { AccessToken: 3600, IdToken: 3600, Grant: 3600, Session: 3600, Interaction: 600 },
  findAccount: (_, id) => people[id] && { accountId: id, claims: async () => ({ sub: id, ...people[id] }) },
});

// What a bent ID token says instead: each is signed with the right key, but for the one that is signed with another.
const bends = {
  issuer: () => ({ iss: "http://localhost:1" }),
  audience: () => ({ aud: "another-app" }),
  expired: () => ({ exp: Math.floor(Date.now() / 1000) - 3600, iat: Math.floor(Date.now() / 1000) - 7200 }),
  nonce: () => ({ nonce: "of-another-sign-in" }),
  signature: () => ({}),
  soon: () => ({ exp: Math.floor(Date.now() / 1000) + Number(process.env.SOON_SECONDS ?? 4) }),
};

const body = (request) => new Promise((done) => {
  const parts = [];
  request.on("data", (part) => parts.push(part)).on("end", () => done(Buffer.concat(parts)));
});
const json = (answer, found, status = 200) => {
  answer.writeHead(status, { "content-type": "application/json" });
  answer.end(JSON.stringify(found));
};

async function bent(kind, path, request, answer) {
  if (path === "/.well-known/openid-configuration") {
    const found = await (await fetch(`${issuer}${path}`)).json();
    return json(answer, { ...found, token_endpoint: `${issuer}/bent/${kind}/token` });
  }
  const real = await fetch(`${issuer}/token`, { method: "POST", body: await body(request), headers: {
    "content-type": request.headers["content-type"], authorization: request.headers.authorization ?? "" } });
  const found = await real.json();
  if (found.id_token) {
    const key = await importJWK(kind === "signature" ? strange : jwk, "RS256");
    const claims = { ...decodeJwt(found.id_token), ...bends[kind]() };
    found.id_token = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "test" }).sign(key);
  }
  return json(answer, found, real.status);
}

const answerAll = provider.callback();
createServer(async (request, answer) => {
  if (request.method === "POST" && request.url === "/people") {
    people = JSON.parse(await body(request));
    return json(answer, {});
  }
  const [, kind, path] = request.url.match(/^\/bent\/(\w+)(\/.*)$/) ?? [];
  return kind in bends ? bent(kind, path, request, answer) : answerAll(request, answer);
}).listen(Number(port), "localhost", () => console.log("ready"));
