"""A backend between a mobile app and the cropper, with Django: the app sends a photo and gets the card or a word that it can act on; keys and
tokens stay here.

    pip install -r examples/django/requirements.txt
    python examples/django/server.py runserver --noreload 8080
    curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg' http://127.0.0.1:8080/card -o card.jpg

VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
VALIFY_CLIENT_SECRET and VALIFY_BUNDLE_KEY are the simulator's demo account. In a project of yours, the settings and the last
lines are there already.
"""

import base64
import logging
import os
import sys
import threading

import requests
from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

URL = os.environ.get("VALIFY_URL", "http://127.0.0.1:3000")
logger = logging.getLogger(__name__)

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    SECRET_KEY=os.urandom(32).hex(),
    DATA_UPLOAD_MAX_MEMORY_SIZE=15 * 1024 * 1024,
)


class Cropper:
    """Keeps one token for all requests of the process, and gets another one where it is refused."""

    def __init__(self) -> None:
        self._token: str | None = None
        self._lock = threading.Lock()

    def crop(self, photo: bytes, lang: str) -> requests.Response:
        token = self._get_token()
        answer = self._crop_once(token, photo, lang)
        if answer.status_code != 403:
            return answer
        # Expired, or out of trials: a new token has some.
        return self._crop_once(self._get_token(refused=token), photo, lang)

    def _get_token(self, refused: str | None = None) -> str:
        with self._lock:
            if self._token is None or self._token == refused:
                self._token = self._fetch_token()
            return self._token

    @staticmethod
    def _fetch_token() -> str:
        fields = {
            "grant_type": "password",
            "username": os.environ.get("VALIFY_USERNAME", "demo"),
            "password": os.environ.get("VALIFY_PASSWORD", "demo"),
            "client_id": os.environ.get("VALIFY_CLIENT_ID", "demo-client"),
            "client_secret": os.environ.get("VALIFY_CLIENT_SECRET", "demo-secret"),
        }
        answer = requests.post(f"{URL}/api/o/token/", data=fields, timeout=10)
        answer.raise_for_status()
        return answer.json()["access_token"]

    @staticmethod
    def _crop_once(token: str, photo: bytes, lang: str) -> requests.Response:
        body = {
            "bundle_key": os.environ.get("VALIFY_BUNDLE_KEY", "0" * 32),
            "img": base64.b64encode(photo).decode("ascii"),
            "lang": lang,
        }
        headers = {"Authorization": f"Bearer {token}"}
        return requests.post(f"{URL}/api/v1/id_cropper_register", json=body, headers=headers, timeout=60)


cropper = Cropper()


@csrf_exempt
@require_POST
def card(request: HttpRequest) -> HttpResponse:
    if int(request.headers.get("Content-Length") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return JsonResponse({"error": "photo_too_large"}, status=413)
    if not (request.content_type or "").startswith("image/"):
        return JsonResponse({"error": "unsupported_photo"}, status=415)
    lang = "ar" if request.headers.get("Accept-Language", "").startswith("ar") else "en"
    try:
        answer = cropper.crop(request.body, lang)
        if answer.status_code == 415:
            return JsonResponse({"error": "unsupported_photo"}, status=415)
        if answer.status_code == 422:
            message = answer.json()["message"]
            return JsonResponse({"error": "take_another_photo", "message": message}, status=422)
        answer.raise_for_status()
    except requests.RequestException as problem:
        # All else is ours to mend, and no concern of the app's: it may try again later.
        logger.error("%s", problem)
        return JsonResponse({"error": "try_later"}, status=503, headers={"Retry-After": "5"})
    picture = base64.b64decode(answer.json()["data"]["img"])
    return HttpResponse(picture, content_type="image/png" if picture[0] == 0x89 else "image/jpeg")


urlpatterns = [path("card", card)]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
