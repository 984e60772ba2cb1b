using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Nadhir.Film;
using Nadhir.Tests.Demo;

namespace Nadhir.Tests.Film;

/// <summary>The console over a closed record.</summary>
public sealed class ReviewTests(BabilFilm babil) : IClassFixture<BabilFilm>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_closed_record_is_shown_by_its_film_and_nothing_can_be_ordered()
    {
        string record = babil.Copy(film: false);
        await using ReviewHost review = await ReviewHost.Start(record, new(IPAddress.Loopback, 0), new() { Gently = false });
        using HttpClient client = new() { BaseAddress = review.Address };
        JsonElement configuration = await client.GetFromJsonAsync<JsonElement>("/api/configuration", Cancellation);
        Assert.True(configuration.GetProperty("review").GetBoolean());
        using PeriodicTimer looks = new(TimeSpan.FromMilliseconds(200));
        JsonElement range;
        do
        {
            await looks.WaitForNextTickAsync(Cancellation);
            range = await client.GetFromJsonAsync<JsonElement>("/api/film", Cancellation);
        }
        while (range.TryGetProperty("building", out _));

        Assert.Equal(babil.Entries, range.GetProperty("sequence").GetInt64());
        JsonElement marks = (await client.GetFromJsonAsync<JsonElement>("/api/film/marks", Cancellation)).GetProperty("marks");
        JsonElement warning = marks.EnumerateArray().First(mark => mark.GetProperty("state").GetString() == "Warning");
        JsonElement then = await client.GetFromJsonAsync<JsonElement>(
            $"/api/film/boards?at={Uri.EscapeDataString(warning.GetProperty("knownAt").GetString()!)}", Cancellation);
        Assert.Contains(then.GetProperty("alerts").EnumerateArray(), alert =>
            alert.GetProperty("id").GetString() == warning.GetProperty("id").GetString() && alert.GetProperty("state").GetString() == "Warning");
        HttpResponseMessage order = await client.PostAsJsonAsync("/api/commands", new { type = "event.record", by = "x", kind = "a", text = "b" }, Cancellation);
        Assert.False(order.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_command_checks_a_film_and_says_when_there_is_no_record()
    {
        (int code, string output, string errors) = await NadhirProcess.Run("review", babil.Copy(film: true), "--check");
        Assert.True(code == 0, output + errors);
        Assert.Contains("all of them what the journal leads to", output, StringComparison.Ordinal);
        (code, _, errors) = await NadhirProcess.Run("review", "/nowhere");
        Assert.Equal(2, code);
        Assert.Contains("/nowhere holds no journal.sqlite", errors, StringComparison.Ordinal);
    }
}
