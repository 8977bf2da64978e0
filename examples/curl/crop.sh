#!/usr/bin/env bash
# Crops the card out of a photo and writes it to a file, with curl and jq.
#
#   examples/curl/crop.sh [PHOTO [CARD]]
#
# VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
# VALIFY_CLIENT_SECRET and VALIFY_BUNDLE_KEY are the simulator's demo account.
set -euo pipefail

url=${VALIFY_URL:-http://127.0.0.1:3000}
bundle_key=${VALIFY_BUNDLE_KEY:-00000000000000000000000000000000}
photo=${1:-$(dirname "$0")/../../fixtures/photos/card-on-table.jpg}
card=${2:-card.jpg}
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

get_token() {
  curl --silent --show-error --fail-with-body --max-time 10 "$url/api/o/token/" \
    --data grant_type=password \
    --data-urlencode "username=${VALIFY_USERNAME:-demo}" \
    --data-urlencode "password=${VALIFY_PASSWORD:-demo}" \
    --data-urlencode "client_id=${VALIFY_CLIENT_ID:-demo-client}" \
    --data-urlencode "client_secret=${VALIFY_CLIENT_SECRET:-demo-secret}" |
    jq --raw-output .access_token
}

# The body goes through pipes: a photo is too long for a command line. Prints the status; the answer's body is in $answer.
crop_card() { # token
  base64 <"$photo" | tr -d '\n' |
    jq --raw-input --arg key "$bundle_key" '{bundle_key: $key, img: ., lang: "en"}' |
    curl --silent --show-error --max-time 60 "$url/api/v1/id_cropper_register" \
      --header "Authorization: Bearer $1" --header 'Content-Type: application/json' \
      --data-binary @- --output "$answer" --write-out '%{http_code}'
}

token=$(get_token)
status=$(crop_card "$token")
if [ "$status" = 403 ]; then # expired, or out of trials: a new token has some
  token=$(get_token)
  status=$(crop_card "$token")
fi
if [ "$status" != 200 ]; then
  echo "crop: $status $(cat "$answer")" >&2
  exit 1
fi
jq --raw-output .data.img "$answer" | base64 --decode >"$card"
jq --raw-output --arg card "$card" \
  '"\($card): transaction \(.transaction_id), trials remaining \(.trials_remaining)"' "$answer"
