import com.fasterxml.jackson.annotation.JsonProperty;
import cropper.ApiClient;
import cropper.ApiException;
import cropper.ApiResponse;
import cropper.IdCropperApi;
import cropper.OAuthApi;
import cropper.model.CropAnswer;
import cropper.model.CropAnswerData;
import cropper.model.CropRequest;
import cropper.model.Message;
import cropper.model.TokenAnswer;
import cropper.model.TokenError;
import cropper.model.Unprocessable;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Logs in and crops with the client that openapi-generator made, and says what types its fields have. */
public class Crop {
  public static void main(String[] arguments) throws Exception {
    List.of(CropAnswer.class, CropAnswerData.class, CropRequest.class, Message.class, TokenAnswer.class, TokenError.class, Unprocessable.class)
        .forEach(Crop::printFields);

    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    TokenAnswer token = new OAuthApi(client).createToken("password", "demo", "demo", "demo-client", "demo-secret", null, null);
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token.getAccessToken()));
    IdCropperApi cropper = new IdCropperApi(client);

    String img = Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(arguments[1])));
    CropRequest request = new CropRequest().bundleKey(arguments[2]).img(img);
    print(cropper.idCropperRegisterWithHttpInfo(request));
    print(cropper.idCropperRegisterAliasWithHttpInfo(request));

    try {
      cropper.idCropperRegister(request.bundleKey("magic-no-card").lang(CropRequest.LangEnum.AR));
    } catch (ApiException refused) {
      Unprocessable body = ApiClient.createDefaultObjectMapper().readValue(refused.getResponseBody(), Unprocessable.class);
      System.out.println(refused.getCode() + " " + body.getErrorCode() + " " + body.getTrialsRemaining());
    }
  }

  private static void print(ApiResponse<CropAnswer> response) {
    CropAnswer answer = response.getData();
    String picture = answer.getData().getImg().substring(0, 4);
    System.out.println(response.getStatusCode() + " " + picture + " " + answer.getTransactionId().length() + " " + answer.getTrialsRemaining());
  }

  private static void printFields(Class<?> model) {
    for (Method getter : model.getMethods()) {
      JsonProperty property = getter.getAnnotation(JsonProperty.class);
      if (property != null && getter.getName().startsWith("get")) {
        System.out.println(model.getSimpleName() + "." + property.value() + ": " + getter.getReturnType().getSimpleName());
      }
    }
  }
}
