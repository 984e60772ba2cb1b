using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Nadhir.DutyConsole;
using Nadhir.Film;
using Nadhir.Journal;
using Nadhir.Storage;
using Nadhir.Tests.Console;

namespace Nadhir.Tests.Film;

/// <summary>The film over the API: the same to whoever asks as the live boards were, and no more.</summary>
public sealed class FilmEndpointTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-film-api-").FullName;
    readonly SyntheticWatch watch = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Everyone_sees_on_film_what_they_saw_live_and_nothing_else()
    {
        using FilmPart film = Film(seconds: 5);
        await using ConsoleHost host = await ConsoleHost.Start(new ConsoleOptions { OperatorToken = "secret" }, watch, film: film);
        string at = $"/api/film/boards?at={watch.Now:yyyy-MM-dd'T'HH:mm:ss'Z'}";
        foreach (string? token in (string?[])[null, "secret"])
        {
            host.Client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            byte[] live = await host.Client.GetByteArrayAsync("/api/boards", Cancellation), then = await host.Client.GetByteArrayAsync(at, Cancellation);
            Assert.Equal(Encoding.UTF8.GetString(live), Encoding.UTF8.GetString(then));
            Assert.Equal(token is not null, Encoding.UTF8.GetString(then).Contains("S-HIDDEN", StringComparison.Ordinal));
            byte[] framed = await host.Client.GetByteArrayAsync(at.Replace("boards?at", "at?t", StringComparison.Ordinal), Cancellation);
            List<(byte Kind, byte[] Bytes)> parts = Parts(framed);
            Assert.Equal([FilmStream.Boards, FilmStream.Descriptions, FilmStream.Tracks], parts.Select(part => part.Kind));
            Assert.Equal(live, parts[0].Bytes);
        }
    }

    [Fact]
    public async Task A_restricted_sites_phase_is_no_mark_for_everyone()
    {
        using FilmPart film = Film(seconds: 2);
        Boards before = watch.Current;
        using (FilmTake take = new(film.File, watch.Configuration, new(), _ => new byte[32], before.Sequence))
        {
            take.StartFrom(before);
            take.Add(before with
            {
                Now = before.Now.AddSeconds(1), Sequence = before.Sequence + 1,
                Sites = [.. before.Sites.Select(site => site with { Phase = "D", Since = before.Now.AddSeconds(1) })],
            });
        }

        await using ConsoleHost host = await ConsoleHost.Start(new ConsoleOptions { OperatorToken = "secret" }, watch, film: film);
        string open = await host.Client.GetStringAsync("/api/film/marks", Cancellation);
        Assert.Contains("S-ASAD", open, StringComparison.Ordinal);
        Assert.DoesNotContain("S-HIDDEN", open, StringComparison.Ordinal);
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
        Assert.Contains("S-HIDDEN", await host.Client.GetStringAsync("/api/film/marks", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_gives_all_moments_in_order_and_says_when_there_is_no_more()
    {
        using FilmPart film = Film(seconds: 30);
        await using ConsoleHost host = await ConsoleHost.Start(watch: watch, film: film);
        byte[] all = await host.Client.GetByteArrayAsync($"/api/film/stream?speed=60&from={SyntheticWatch.Start.AddSeconds(3):yyyy-MM-dd'T'HH:mm:ss'Z'}", Cancellation);
        List<(byte Kind, byte[] Bytes)> parts = Parts(all);
        Assert.Equal(FilmStream.End, parts[^1].Kind);
        double[] times = [.. parts.Where(part => part.Kind == FilmStream.Tracks).Select(part => BinaryPrimitives.ReadDoubleLittleEndian(part.Bytes.AsSpan(8)))];
        Assert.Equal(times.Distinct().Order(), times);
        Assert.Equal(SyntheticWatch.Start.AddSeconds(3).ToUnixTimeMilliseconds(), times[0]);
        Assert.Equal(watch.Now.ToUnixTimeMilliseconds(), times[^1]);
        // After the first only what changed is told.
        using JsonDocument second = JsonDocument.Parse(parts.Where(part => part.Kind == FilmStream.Boards).ElementAt(1).Bytes);
        Assert.False(second.RootElement.TryGetProperty("directives", out _), "directives did not change");
    }

    [Fact]
    public async Task A_speed_that_no_eye_follows_is_refused_and_a_time_before_the_film_shows_its_first_moment()
    {
        using FilmPart film = Film(seconds: 3);
        await using ConsoleHost host = await ConsoleHost.Start(watch: watch, film: film);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync("/api/film/stream?speed=1000&from=2024-01-01T00:00:00Z", Cancellation)).StatusCode);
        string boards = await host.Client.GetStringAsync("/api/film/boards?at=1999-01-01T00:00:00Z", Cancellation);
        using JsonDocument first = JsonDocument.Parse(boards);
        Assert.Equal(SyntheticWatch.Start, first.RootElement.GetProperty("now").GetDateTimeOffset());
        using JsonDocument range = JsonDocument.Parse(await host.Client.GetStringAsync("/api/film", Cancellation));
        Assert.Equal(SyntheticWatch.Start, range.RootElement.GetProperty("from").GetDateTimeOffset());
        Assert.Equal(watch.Now, range.RootElement.GetProperty("to").GetDateTimeOffset());
    }

    /// <summary>The synthetic watch, a moment a second; it stays where it came to.</summary>
    FilmPart Film(int seconds)
    {
        using (SqliteJournal journal = SqliteJournal.Create(folder))
        {
            journal.Append(new Entry(EntryKind.Configuration, SyntheticWatch.Start, "", WatchJson.Encode(watch.Configuration)));
            journal.Commit();
        }

        FilmPart film = FilmPart.Open(folder, watch.Configuration, new(), NullLogger.Instance);
        using FilmTake take = new(film.File, watch.Configuration, new(), _ => new byte[32], 0);
        for (int i = 0; i <= seconds; i++)
        {
            watch.MoveTo(SyntheticWatch.Start.AddSeconds(i));
            watch.Show(watch.Current with { Sequence = i + 1 });
            take.Add(watch.Current);
        }

        return film;
    }

    static List<(byte Kind, byte[] Bytes)> Parts(byte[] framed)
    {
        List<(byte, byte[])> parts = [];
        for (int at = 0; at < framed.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(framed.AsSpan(at + 1));
            parts.Add((framed[at], framed[(at + 5)..(at + 5 + length)]));
            at += 5 + length;
        }

        return parts;
    }
}
