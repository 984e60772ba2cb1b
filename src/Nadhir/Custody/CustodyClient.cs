using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Nadhir.Custody;

/// <summary>Sends an order about the record to the system that writes it.</summary>
static class CustodyClient
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    /// <exception cref="CustodyException">It was refused.</exception>
    /// <exception cref="HttpRequestException">The system cannot be reached.</exception>
    public static async Task<CustodyAnswer> Send(Uri server, string? tokenFile, CustodyOrder order)
    {
        using HttpClient http = new() { BaseAddress = server, Timeout = patience };
        if (tokenFile is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(tokenFile)).Trim());
        using HttpResponseMessage answer = await http.PostAsJsonAsync(new Uri("/api/custody", UriKind.Relative), order, CustodyOrders.Default.CustodyOrder);
        if (answer.IsSuccessStatusCode)
            return await answer.Content.ReadFromJsonAsync(CustodyOrders.Default.CustodyAnswer) ?? throw new CustodyException("it gave no answer");
        throw new CustodyException(await Why(answer));
    }

    static async Task<string> Why(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        try
        {
            using JsonDocument problem = JsonDocument.Parse(text);
            if (problem.RootElement.TryGetProperty("detail", out JsonElement detail))
                return answer.StatusCode == HttpStatusCode.Unauthorized ? $"the system answered 401: {detail.GetString()}" : detail.GetString()!;
        }
        catch (JsonException)
        {
            // No problem document, as from a proxy before it.
        }
        return FormattableString.Invariant($"the system answered {(int)answer.StatusCode} {answer.StatusCode}");
    }
}
