// Runs after each request: a token that was refused, or has no trials left, is not sent again.
const spent = /"trials_remaining":\s*"?0\b/.test(pm.response.text());
if (spent || pm.response.code === 403) pm.collectionVariables.unset('access_token');
