using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Nadhir.Dossiers;
using Nadhir.Storage;
using Nadhir.Tests.Console;

namespace Nadhir.Tests.Dossiers;

/// <summary>Who may take a dossier out of a running system, that it goes on record, and that one is made at a time.</summary>
public sealed class DossierEndpointTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-dossier-desk-").FullName;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Only_an_operator_who_says_who_takes_it_gets_a_dossier_of_an_incident_there_is()
    {
        await using ConsoleHost host = await Start("secret");
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(host, "I-1/dossier?by=desk"));
        host.Client.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        Assert.Equal(HttpStatusCode.BadRequest, await Status(host, "I-1/dossier"));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(host, "I-1/dossier?by=desk&profile=nobody"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(host, "I-9/dossier?by=desk"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(host, "I-1/dossier?ticket=of-another"));
        using HttpRequestMessage elsewhere = new(HttpMethod.Get, "api/incidents/I-1/dossier?by=desk");
        elsewhere.Headers.Add("Sec-Fetch-Site", "cross-site");
        using HttpResponseMessage refused = await host.Client.SendAsync(elsewhere, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(host.Watch.Submitted);
    }

    [Fact]
    public async Task That_it_is_taken_out_is_on_record_before_it_is_made_and_why_it_was_not_made_is_told()
    {
        await using ConsoleHost host = await Start();
        JsonElement ticket = await host.Client.GetFromJsonAsync<JsonElement>("api/incidents/I-1/dossier?by=legal%20adviser&lang=ar", Cancellation);
        RecordEvent export = Assert.IsType<RecordEvent>(Assert.Single(host.Watch.Submitted));
        Assert.Equal(("dossier.export", "legal adviser", "dossier of I-1, profile court, ar"), (export.Kind, export.By, export.Text));
        string at = $"api/incidents/I-1/dossier?ticket={ticket.GetProperty("ticket").GetString()}";
        HttpStatusCode status = HttpStatusCode.Accepted;
        while (status == HttpStatusCode.Accepted)
        {
            await Task.Delay(20, Cancellation);
            using HttpResponseMessage answer = await host.Client.GetAsync(at, Cancellation);
            status = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status); // There is no record in the folder.
    }

    [Fact]
    public async Task What_cannot_be_put_on_record_is_not_made()
    {
        SyntheticWatch watch = new() { Refuses = "the log is full" };
        await using ConsoleHost host = await Start(watch: watch);
        Assert.Equal(HttpStatusCode.Conflict, await Status(host, "I-1/dossier?by=desk"));
        watch.Refuses = null;
        Assert.Equal(HttpStatusCode.Accepted, await Status(host, "I-1/dossier?by=desk"));
    }

    /// <summary>A console says them in its own language.</summary>
    [Fact]
    public async Task What_is_not_given_says_why_in_a_code()
    {
        await using ConsoleHost host = await Start();
        Assert.Equal("ByWhom", await CodeOf(host, "api/incidents/I-1/dossier"));
        Assert.Equal("FieldUnknown", await CodeOf(host, "api/incidents/I-1/dossier?by=desk&profile=all"));
        Assert.Equal("NoSuch", await CodeOf(host, "api/incidents/I-9/dossier?by=desk"));
        Assert.Equal("DossierGone", await CodeOf(host, "api/incidents/I-1/dossier?ticket=none"));
        Assert.Equal("ByWhom", await CodeOf(host, "api/cases/K-1"));
        Assert.Equal("NoSuch", await CodeOf(host, "api/cases/K-9?by=desk"));
        await using ConsoleHost closed = await Start("a token of an operator");
        Assert.All(await Task.WhenAll(((string[])["api/incidents/I-1/dossier", "api/cases/K-1", "api/in-force", "api/documents/D-1"])
            .Select(path => CodeOf(closed, path))), code => Assert.Equal("NotSignedIn", code));
    }

    static async Task<string?> CodeOf(ConsoleHost host, string path)
    {
        using HttpResponseMessage answer = await host.Client.GetAsync(path, Cancellation);
        Assert.False(answer.IsSuccessStatusCode);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return problem.GetProperty("cause").GetProperty("code").GetString();
    }

    [Fact]
    public void One_dossier_is_made_at_a_time_and_the_latest_is_kept_for_a_while()
    {
        Clock clock = new();
        DossierDesk desk = Desk(clock);
        DossierJob first = desk.TryBegin("I-1", "court", "en", "desk")!;
        Assert.Null(desk.TryBegin("I-2", "court", "en", "desk"));
        Assert.True(desk.Find(first.Ticket)!.IsOpen);
        desk.GiveUp(first, Cause.Of(CauseCode.Overloaded));
        Assert.Equal(CauseCode.Overloaded, desk.Find(first.Ticket)!.Fault!.Code);
        clock.Now += DossierDesk.KeptFor + TimeSpan.FromSeconds(1);
        Assert.Null(desk.Find(first.Ticket));
        Assert.NotNull(desk.TryBegin("I-2", "court", "en", "desk"));
    }

    Task<ConsoleHost> Start(string? token = null, SyntheticWatch? watch = null) =>
        ConsoleHost.Start(new() { OperatorToken = token }, watch, more: app => app.MapDossiers(Desk(TimeProvider.System)));

    DossierDesk Desk(TimeProvider clock) => new(folder, () => SigningKey.ForExercise("test"), DossierProfile.Standard, clock);

    static async Task<HttpStatusCode> Status(ConsoleHost host, string path)
    {
        using HttpResponseMessage answer = await host.Client.GetAsync($"api/incidents/{path}", Cancellation);
        return answer.StatusCode;
    }

    sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
