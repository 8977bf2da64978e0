/** The vendor's bodies to the letter, written here a second time on purpose: a slip in the catalogue must not agree with itself. */
export const documented = {
  400: '{"message":"Bad Request – invalid request received (e.g. missing Bundle key, required parameters or invalid json) | Make sure all the required parameters are included"}',
  401: '{"message":"Unauthorized – your Bundle key is invalid"}',
  403: '{"message":"Forbidden – specified access_token could not be found"}',
  404: '{"message":"Not Found"}',
  405: '{"message":"Method Not Allowed"}',
  408: '{"message":"Request Timeout"}',
  413: '{"message":"Request Entity Too Large"}',
  415: '{"message":"Unsupported Media Type"}',
  431: '{"message":"Request Header Fields Too Large"}',
  500: '{"message":"Internal Server Error"}',
  503: '{"message":"Service Unavailable"}',
} as const;

/** The documented message of the codes 5009 and 5015. */
export const contactSupport =
  'An error occurred. Please try again and if the error persists, please contact us at techsupport@valify.me';
