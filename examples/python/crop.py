"""Crops the card out of a photo and writes it to a file, as the vendor's documentation does it: with requests.

    pip install requests
    python examples/python/crop.py [PHOTO [CARD]]

VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set.
"""

import base64
import json
import os
import sys
from pathlib import Path

import requests

URL = os.environ.get("VALIFY_URL", "http://127.0.0.1:3000")

# The simulator's demo account.
CREDENTIALS = {
    "username": "demo",
    "password": "demo",
    "client_id": "demo-client",
    "client_secret": "demo-secret",
    "grant_type": "password",
}
BUNDLE_KEY = "00000000000000000000000000000000"


def get_token() -> str:
    response = requests.post(f"{URL}/api/o/token/", data=CREDENTIALS, timeout=10)
    response.raise_for_status()
    return response.json()["access_token"]


def crop_card(token: str, photo: bytes) -> dict:
    payload = json.dumps({"bundle_key": BUNDLE_KEY, "img": base64.b64encode(photo).decode("ascii")})
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    response = requests.post(f"{URL}/api/v1/id_cropper/register/", data=payload, headers=headers, timeout=60)
    if not response.ok:
        sys.exit(f"crop: {response.status_code} {response.text}")
    return response.json()


def main() -> None:
    default_photo = Path(__file__).parents[2] / "fixtures/photos/card-on-table.jpg"
    photo = Path(sys.argv[1]) if len(sys.argv) > 1 else default_photo
    card = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("card.jpg")
    answer = crop_card(get_token(), photo.read_bytes())
    card.write_bytes(base64.b64decode(answer["data"]["img"]))
    print(f"{card}: transaction {answer['transaction_id']}, trials remaining {answer['trials_remaining']}")


if __name__ == "__main__":
    main()
