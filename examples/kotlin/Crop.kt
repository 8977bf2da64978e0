import java.io.File
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration
import java.util.Base64
import kotlin.system.exitProcess

// Crops the card out of a photo and writes it to a file, with Kotlin on Java 11 or later and nothing else.
//
//   kotlinc examples/kotlin/Crop.kt -include-runtime -d crop.jar && java -jar crop.jar [PHOTO [CARD]]
//
// VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
// VALIFY_CLIENT_SECRET and VALIFY_BUNDLE_KEY are the simulator's demo account.

private val client = HttpClient.newHttpClient()
private val url = setting("VALIFY_URL", "http://127.0.0.1:3000")

fun main(arguments: Array<String>) {
    val photo = File(arguments.getOrElse(0) { "fixtures/photos/card-on-table.jpg" }).readBytes()
    val card = File(arguments.getOrElse(1) { "card.jpg" })
    var answer = crop(getToken(), photo)
    if (answer.statusCode() == 403) answer = crop(getToken(), photo) // expired, or out of trials: a new token has some
    if (answer.statusCode() != 200) fail("crop: ${answer.statusCode()} ${answer.body()}")
    card.writeBytes(Base64.getDecoder().decode(answer.field("img")))
    println("$card: transaction ${answer.field("transaction_id")}, trials remaining ${answer.field("trials_remaining")}")
}

private fun getToken(): String {
    val form = mapOf(
        "grant_type" to "password",
        "username" to setting("VALIFY_USERNAME", "demo"),
        "password" to setting("VALIFY_PASSWORD", "demo"),
        "client_id" to setting("VALIFY_CLIENT_ID", "demo-client"),
        "client_secret" to setting("VALIFY_CLIENT_SECRET", "demo-secret"),
    )
    val body = form.entries.joinToString("&") { (key, value) -> "$key=${URLEncoder.encode(value, Charsets.UTF_8)}" }
    val answer = post("/api/o/token/", body, "Content-Type", "application/x-www-form-urlencoded")
    if (answer.statusCode() != 200) fail("token: ${answer.statusCode()} ${answer.body()}")
    return answer.field("access_token")
}

private fun crop(token: String, photo: ByteArray): HttpResponse<String> {
    val bundleKey = setting("VALIFY_BUNDLE_KEY", "0".repeat(32))
    val image = Base64.getEncoder().encodeToString(photo)
    val body = """{"bundle_key":"$bundleKey","img":"$image","lang":"en"}"""
    return post(
        "/api/v1/id_cropper_register", body,
        "Authorization", "Bearer $token", "Content-Type", "application/json",
    )
}

private fun post(path: String, body: String, vararg headers: String): HttpResponse<String> {
    val request = HttpRequest.newBuilder(URI.create(url + path))
        .headers(*headers)
        .timeout(Duration.ofMinutes(1))
        .POST(BodyPublishers.ofString(body))
        .build()
    return client.send(request, BodyHandlers.ofString())
}

/** Java has no JSON of its own, and these fields hold no escapes; where your project has kotlinx.serialization or Moshi, take that. */
private fun HttpResponse<String>.field(name: String): String =
    Regex("\"$name\":\\s*\"?([^\",}]+)").find(body())?.groupValues?.get(1).orEmpty()

private fun setting(name: String, otherwise: String): String = System.getenv(name) ?: otherwise

private fun fail(message: String): Nothing {
    System.err.println(message)
    exitProcess(1)
}
