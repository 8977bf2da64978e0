// Runs before each request: gets a token where there is none, or where it has expired or has no trials left.
const url = pm.variables.get('base_url');
const asksForToken = pm.request.url.toString().includes('/o/token');
const expired = Date.now() >= Number(pm.collectionVariables.get('token_expires_at'));
if (!asksForToken && (expired || !pm.collectionVariables.get('access_token'))) {
  const fields = ['username', 'password', 'client_id', 'client_secret'];
  pm.sendRequest(
    {
      url: `${url}/api/o/token/`,
      method: 'POST',
      body: {
        mode: 'urlencoded',
        urlencoded: [
          { key: 'grant_type', value: 'password' },
          ...fields.map((key) => ({ key, value: pm.variables.get(key) })),
        ],
      },
    },
    (error, answer) => {
      if (error) throw new Error(`no token from ${url}: ${error.message}`);
      if (answer.code !== 200) throw new Error(`no token: ${answer.code} ${answer.text()}`);
      const { access_token, expires_in } = answer.json();
      pm.collectionVariables.set('access_token', access_token);
      pm.collectionVariables.set('token_expires_at', String(Date.now() + expires_in * 1000));
    },
  );
}
