using System.Text;
using System.Text.Json;

namespace Nadhir.Tests;

/// <summary>Reads server-sent events as a browser does.</summary>
sealed class EventListener(HttpResponseMessage response, StreamReader lines) : IDisposable
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<EventListener> Open(HttpClient client, string address)
    {
        HttpResponseMessage answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation), Encoding.UTF8));
    }

    /// <summary>The data of the next event of this name.</summary>
    public async Task<JsonElement> Next(string name)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        string current = "";
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) current = line[7..];
            else if (current == name && line.StartsWith("data: ", StringComparison.Ordinal)) return JsonDocument.Parse(line[6..]).RootElement;
        }

        throw new InvalidOperationException($"the stream ended before a {name}");
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }
}
