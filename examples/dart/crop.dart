// Crops the card out of a photo and writes it to a file, with Dart 3 and its own libraries.
//
//   dart run examples/dart/crop.dart [PHOTO [CARD]]
//
// VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
// VALIFY_CLIENT_SECRET and VALIFY_BUNDLE_KEY are the simulator's demo account.
import 'dart:convert';
import 'dart:io';

final url = setting('VALIFY_URL', 'http://127.0.0.1:3000');
final client = HttpClient();

typedef Answer = ({int status, String body});

Future<Answer> post(String path, String contentType, String body, {String? token}) async {
  final request = await client.postUrl(Uri.parse('$url$path'));
  request.headers.set(HttpHeaders.contentTypeHeader, contentType);
  if (token != null) request.headers.set(HttpHeaders.authorizationHeader, 'Bearer $token');
  request.add(utf8.encode(body));
  final response = await request.close().timeout(const Duration(minutes: 1));
  return (status: response.statusCode, body: await response.transform(utf8.decoder).join());
}

Future<String> getToken() async {
  final form = {
    'grant_type': 'password',
    'username': setting('VALIFY_USERNAME', 'demo'),
    'password': setting('VALIFY_PASSWORD', 'demo'),
    'client_id': setting('VALIFY_CLIENT_ID', 'demo-client'),
    'client_secret': setting('VALIFY_CLIENT_SECRET', 'demo-secret'),
  };
  final answer = await post(
    '/api/o/token/',
    'application/x-www-form-urlencoded',
    Uri(queryParameters: form).query,
  );
  if (answer.status != 200) throw HttpException('token: ${answer.status} ${answer.body}');
  return (jsonDecode(answer.body) as Map<String, dynamic>)['access_token'] as String;
}

Future<Answer> cropOnce(List<int> photo) async {
  final body = jsonEncode({
    'bundle_key': setting('VALIFY_BUNDLE_KEY', '0' * 32),
    'img': base64Encode(photo),
    'lang': 'en',
  });
  return post('/api/v1/id_cropper_register', 'application/json', body, token: await getToken());
}

String setting(String name, String otherwise) => Platform.environment[name] ?? otherwise;

Future<void> main(List<String> arguments) async {
  final photo = await File(
    arguments.isNotEmpty ? arguments[0] : 'fixtures/photos/card-on-table.jpg',
  ).readAsBytes();
  final card = arguments.length > 1 ? arguments[1] : 'card.jpg';
  var answer = await cropOnce(photo);
  if (answer.status == 403) answer = await cropOnce(photo); // expired, or out of trials: a new token has some
  client.close();
  if (answer.status != 200) {
    stderr.writeln('crop: ${answer.status} ${answer.body}');
    exit(1);
  }
  final body = jsonDecode(answer.body) as Map<String, dynamic>;
  await File(card).writeAsBytes(base64Decode(body['data']['img'] as String));
  print(
    '$card: transaction ${body['transaction_id']}, trials remaining ${body['trials_remaining']}',
  );
}
