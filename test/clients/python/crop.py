"""Logs in and crops with the client that openapi-python-client made, and says what types its fields have."""

import base64
import importlib
import pkgutil
import sys

import attrs
import cropper_client
from cropper_client import AuthenticatedClient, Client, models
from cropper_client.api.id_cropper import id_cropper_register, id_cropper_register_alias
from cropper_client.api.o_auth import create_token

url, photo, bundle_key = sys.argv[1:]

for module in pkgutil.walk_packages(cropper_client.__path__, 'cropper_client.'):
    importlib.import_module(module.name)

for name in models.__all__:
    model = getattr(models, name)
    for field in attrs.fields(model) if attrs.has(model) else ():
        if field.name != 'additional_properties':
            print(f'{name}.{field.name}: {field.type}')

token = create_token.sync(
    client=Client(base_url=url),
    body=models.TokenRequest(
        grant_type=models.TokenRequestGrantType.PASSWORD,
        username='demo',
        password='demo',
        client_id='demo-client',
        client_secret='demo-secret',
    ),
)
client = AuthenticatedClient(base_url=url, token=token.access_token)
with open(photo, 'rb') as file:
    img = base64.b64encode(file.read()).decode()

for endpoint in (id_cropper_register, id_cropper_register_alias):
    response = endpoint.sync_detailed(client=client, body=models.CropRequest(bundle_key=bundle_key, img=img))
    answer = response.parsed
    print(int(response.status_code), answer.data.img[:4], len(answer.transaction_id), answer.trials_remaining)

refused = models.CropRequest(bundle_key='magic-no-card', img=img, lang=models.CropRequestLang.AR)
response = id_cropper_register.sync_detailed(client=client, body=refused)
print(int(response.status_code), response.parsed.error_code, response.parsed.trials_remaining)
