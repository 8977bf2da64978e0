// What this request got is used by the others.
if (pm.response.code === 200) {
  const { access_token, expires_in } = pm.response.json();
  pm.collectionVariables.set('access_token', access_token);
  pm.collectionVariables.set('token_expires_at', String(Date.now() + expires_in * 1000));
}
