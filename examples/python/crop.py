"""Crops the card out of a photo and writes it to a file, as the vendor's documentation does it: with requests.

    pip install requests
    python examples/python/crop.py [PHOTO [CARD]]

VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
VALIFY_CLIENT_SECRET and VALIFY_BUNDLE_KEY are the simulator's demo account.
"""

import base64
import json
import os
import sys
from pathlib import Path

import requests

URL = os.environ.get("VALIFY_URL", "http://127.0.0.1:3000")

CREDENTIALS = {
    "username": os.environ.get("VALIFY_USERNAME", "demo"),
    "password": os.environ.get("VALIFY_PASSWORD", "demo"),
    "client_id": os.environ.get("VALIFY_CLIENT_ID", "demo-client"),
    "client_secret": os.environ.get("VALIFY_CLIENT_SECRET", "demo-secret"),
    "grant_type": "password",
}
BUNDLE_KEY = os.environ.get("VALIFY_BUNDLE_KEY", "0" * 32)


def get_token() -> str:
    response = requests.post(f"{URL}/api/o/token/", data=CREDENTIALS, timeout=10)
    response.raise_for_status()
    return response.json()["access_token"]


def crop_once(photo: bytes) -> requests.Response:
    payload = json.dumps({"bundle_key": BUNDLE_KEY, "img": base64.b64encode(photo).decode("ascii")})
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {get_token()}"}
    return requests.post(f"{URL}/api/v1/id_cropper/register/", data=payload, headers=headers, timeout=60)


def crop_card(photo: bytes) -> dict:
    response = crop_once(photo)
    if response.status_code == 403:  # expired, or out of trials: a new token has some
        response = crop_once(photo)
    if not response.ok:
        sys.exit(f"crop: {response.status_code} {response.text}")
    return response.json()


def main() -> None:
    default_photo = Path(__file__).parents[2] / "fixtures/photos/card-on-table.jpg"
    photo = Path(sys.argv[1]) if len(sys.argv) > 1 else default_photo
    card = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("card.jpg")
    answer = crop_card(photo.read_bytes())
    card.write_bytes(base64.b64decode(answer["data"]["img"]))
    print(f"{card}: transaction {answer['transaction_id']}, trials remaining {answer['trials_remaining']}")


if __name__ == "__main__":
    main()
