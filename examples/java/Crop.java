import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Crops the card out of a photo and writes it to a file, with Java 17 and nothing else.
 *
 * <pre>java examples/java/Crop.java [PHOTO [CARD]]</pre>
 *
 * VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
 * VALIFY_CLIENT_SECRET and VALIFY_BUNDLE_KEY are the simulator's demo account.
 */
public class Crop {
  private static final HttpClient client = HttpClient.newHttpClient();
  private static final String url = setting("VALIFY_URL", "http://127.0.0.1:3000");

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var photo = Path.of(arguments.length > 0 ? arguments[0] : "fixtures/photos/card-on-table.jpg");
    var card = Path.of(arguments.length > 1 ? arguments[1] : "card.jpg");
    var bytes = Files.readAllBytes(photo);
    var answer = crop(getToken(), bytes);
    if (answer.statusCode() == 403) { // expired, or out of trials: a new token has some
      answer = crop(getToken(), bytes);
    }
    if (answer.statusCode() != 200) {
      fail("crop: " + answer.statusCode() + " " + answer.body());
    }
    Files.write(card, Base64.getDecoder().decode(field(answer.body(), "img")));
    System.out.printf(
        "%s: transaction %s, trials remaining %s%n",
        card, field(answer.body(), "transaction_id"), field(answer.body(), "trials_remaining"));
  }

  static String getToken() throws IOException, InterruptedException {
    var form =
        Map.of(
            "grant_type", "password",
            "username", setting("VALIFY_USERNAME", "demo"),
            "password", setting("VALIFY_PASSWORD", "demo"),
            "client_id", setting("VALIFY_CLIENT_ID", "demo-client"),
            "client_secret", setting("VALIFY_CLIENT_SECRET", "demo-secret"));
    var body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(URI.create(url + "/api/o/token/"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofString(body))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      fail("token: " + answer.statusCode() + " " + answer.body());
    }
    return field(answer.body(), "access_token");
  }

  static HttpResponse<String> crop(String token, byte[] photo) throws IOException, InterruptedException {
    var bundleKey = setting("VALIFY_BUNDLE_KEY", "0".repeat(32));
    var image = Base64.getEncoder().encodeToString(photo);
    var body = "{\"bundle_key\":\"%s\",\"img\":\"%s\",\"lang\":\"en\"}".formatted(bundleKey, image);
    var request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/id_cropper_register"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  /**
   * Java has no JSON of its own. The fields that are read here hold no escapes, so that this does; where your project has Jackson or
   * Gson, take that.
   */
  static String field(String json, String name) {
    var match = Pattern.compile("\"" + name + "\":\\s*\"?([^\",}]+)").matcher(json);
    return match.find() ? match.group(1) : "";
  }

  static String setting(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }

  static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }
}
