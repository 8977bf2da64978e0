"""A service with the vendor's paths and error shape on the stock stack: Django, Django REST framework, Django OAuth Toolkit, nothing of them changed.

It knows the photos of fixtures/ by their hashes, and returns their ideal crops; CROPS holds more, each named by the SHA-256 of its photo. Whatever else it
is sent shows no card.
Usage: python server.py FIXTURES-FOLDER CROPS-FOLDER; prints its address.
"""

import base64
import binascii
import hashlib
import hmac
import json
import pathlib
import sys
import uuid
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="stock",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATA_UPLOAD_MAX_MEMORY_SIZE=20 * 2**20,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "oauth2_provider",
        "rest_framework",
    ],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    OAUTH2_PROVIDER={
        "ACCESS_TOKEN_EXPIRE_SECONDS": 900,
        "SCOPES": {"read": "read", "write": "write"},
    },
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": ["oauth2_provider.contrib.rest_framework.OAuth2Authentication"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "EXCEPTION_HANDLER": f"{__name__}.say",
    },
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402
from rest_framework import exceptions  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

BUNDLE_KEY, HMAC_KEY, TRIALS = "00000000000000000000000000000000", "demo-hmac-key", 4

MESSAGES = {
    400: "Bad Request – invalid request received (e.g. missing Bundle key, required parameters or invalid json) | "
    "Make sure all the required parameters are included",
    401: "Unauthorized – your Bundle key is invalid",
    403: "Forbidden – specified access_token could not be found",
    404: "Not Found",
    405: "Method Not Allowed",
    415: "Unsupported Media Type",
}


def say(error, context):
    """The vendor's shape for whatever REST framework refuses."""
    status = getattr(error, "status_code", 500)
    if isinstance(error, (exceptions.NotAuthenticated, exceptions.AuthenticationFailed)):
        status = 403
    return Response({"message": MESSAGES.get(status, "Internal Server Error")}, status=status)


class Wrong(exceptions.APIException):
    def __init__(self, status):
        self.status_code = status
        super().__init__()


def read_photos(folder, crops):
    """Answers by the hash of the photo: the ideal crop, or the code of what is wrong."""
    manifest = json.loads((folder / "manifest.json").read_text())
    answers = {}
    for fixture in manifest["photos"].values():
        photo = (folder / fixture["file"]).read_bytes()
        if fixture["expected"] is not None:
            answer = (folder / fixture["expected"]).read_bytes()
        else:
            answer = {"image-unreadable": 5022, "image-too-small": 5023}.get(fixture["fault"], 5021)
        answers[hashlib.sha256(photo).digest()] = answer
    for crop in crops.iterdir():
        answers[bytes.fromhex(crop.name)] = crop.read_bytes()
    return answers


WORDS = {
    "en": {5021: "No card was found", 5022: "The picture cannot be read", 5023: "The picture is too small"},
    "ar": {5021: "لم يتم العثور على بطاقة"},
}
PHOTOS = read_photos(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
SPENT = {}


class Cropper(APIView):
    def post(self, request):
        data = request.data
        if not isinstance(data, dict):
            raise Wrong(400)
        key, img, lang = data.get("bundle_key"), data.get("img"), data.get("lang", "en")
        if not all(isinstance(text, str) and text for text in (key, img, lang)):
            raise Wrong(400)
        if key != BUNDLE_KEY:
            raise Wrong(401)
        try:
            photo = base64.b64decode(img, validate=True)
        except binascii.Error:
            raise Wrong(415)
        if not photo.startswith((b"\xff\xd8\xff", b"\x89PNG")):
            raise Wrong(415)
        spent = SPENT.get(request.auth.token, 0)
        if spent == TRIALS:
            raise Wrong(403)
        SPENT[request.auth.token] = spent + 1
        return self.answer(PHOTOS.get(hashlib.sha256(photo).digest(), 5021), TRIALS - spent - 1, lang)

    def answer(self, found, left, lang):
        if isinstance(found, int):
            text = WORDS.get(lang, {}).get(found, WORDS["en"][found])
            return Response({"message": text, "error_code": found}, status=422)
        img, transaction = base64.b64encode(found).decode(), str(uuid.uuid4())
        signed = hmac.new(HMAC_KEY.encode(), f"{img}{transaction}{left}".encode(), "sha512").hexdigest()
        body = {"data": {"img": img}, "transaction_id": transaction, "trials_remaining": left}
        return Response(body, headers={"hmac": signed})


def handler404(request, exception):
    return JsonResponse({"message": MESSAGES[404]}, status=404)


urlpatterns = [
    path("api/o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("api/v1/id_cropper/register/", Cropper.as_view()),
    path("api/v1/id_cropper_register", Cropper.as_view()),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


def main():
    call_command("migrate", verbosity=0)
    user = User.objects.create_user("demo", password="demo")
    Application.objects.create(
        user=user,
        client_id="demo-client",
        client_secret="demo-secret",
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_PASSWORD,
    )
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
