// Crops the card out of a photo and writes it to a file. Compiles as it stands in .NET 8 (`dotnet run` in a console project that holds it)
// and in Mono; on .NET alone, System.Text.Json would take the place of the two data contracts.
//
//   mcs -r:System.Net.Http -r:System.Runtime.Serialization examples/csharp/Crop.cs -out:crop.exe && mono crop.exe [PHOTO [CARD]]
//
// VALIFY_URL is the address of the API, http://127.0.0.1:3000 unless set; VALIFY_USERNAME, VALIFY_PASSWORD, VALIFY_CLIENT_ID,
// VALIFY_CLIENT_SECRET and VALIFY_BUNDLE_KEY are the simulator's demo account.
using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Threading.Tasks;

[DataContract]
class TokenAnswer
{
    [DataMember(Name = "access_token")] public string AccessToken { get; set; }
}

[DataContract]
class CropAnswer
{
    [DataContract]
    public class Picture
    {
        [DataMember(Name = "img")] public string Img { get; set; }
    }

    [DataMember(Name = "data")] public Picture Data { get; set; }
    [DataMember(Name = "transaction_id")] public string TransactionId { get; set; }
    [DataMember(Name = "trials_remaining")] public string TrialsRemaining { get; set; }
}

static class Crop
{
    static readonly HttpClient client = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
    static readonly string url = Setting("VALIFY_URL", "http://127.0.0.1:3000");

    static int Main(string[] arguments)
    {
        try
        {
            RunAsync(arguments).GetAwaiter().GetResult();
            return 0;
        }
        catch (HttpRequestException problem)
        {
            Console.Error.WriteLine("crop: " + problem.Message);
            return 1;
        }
    }

    static async Task RunAsync(string[] arguments)
    {
        var photo = File.ReadAllBytes(arguments.Length > 0 ? arguments[0] : "fixtures/photos/card-on-table.jpg");
        var card = arguments.Length > 1 ? arguments[1] : "card.jpg";
        var response = await CropAsync(await GetTokenAsync(), photo);
        if (response.StatusCode == HttpStatusCode.Forbidden) // expired, or out of trials: a new token has some
            response = await CropAsync(await GetTokenAsync(), photo);
        var answer = await ReadAsync<CropAnswer>(response);
        File.WriteAllBytes(card, Convert.FromBase64String(answer.Data.Img));
        Console.WriteLine($"{card}: transaction {answer.TransactionId}, trials remaining {answer.TrialsRemaining}");
    }

    static async Task<string> GetTokenAsync()
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = Setting("VALIFY_USERNAME", "demo"),
            ["password"] = Setting("VALIFY_PASSWORD", "demo"),
            ["client_id"] = Setting("VALIFY_CLIENT_ID", "demo-client"),
            ["client_secret"] = Setting("VALIFY_CLIENT_SECRET", "demo-secret"),
        });
        var answer = await ReadAsync<TokenAnswer>(await client.PostAsync(url + "/api/o/token/", form));
        return answer.AccessToken;
    }

    static Task<HttpResponseMessage> CropAsync(string token, byte[] photo)
    {
        var bundleKey = Setting("VALIFY_BUNDLE_KEY", new string('0', 32));
        var body = $"{{\"bundle_key\":\"{bundleKey}\",\"img\":\"{Convert.ToBase64String(photo)}\",\"lang\":\"en\"}}";
        var request = new HttpRequestMessage(HttpMethod.Post, url + "/api/v1/id_cropper_register")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client.SendAsync(request);
    }

    static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{(int)response.StatusCode} {text}");
        using (var stream = new MemoryStream(Encoding.UTF8.GetBytes(text)))
            return (T)new DataContractJsonSerializer(typeof(T)).ReadObject(stream);
    }

    static string Setting(string name, string otherwise) => Environment.GetEnvironmentVariable(name) ?? otherwise;
}
