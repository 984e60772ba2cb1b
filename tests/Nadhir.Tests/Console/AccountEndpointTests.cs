using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Nadhir.DutyConsole;
using Nadhir.Ingest;

namespace Nadhir.Tests.Console;

/// <summary>Documents, papers and case files over the API: whom they are shown to, and that the look is on record.</summary>
public sealed class AccountEndpointTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_file_is_shown_once_the_look_is_on_record_by_name()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync("/api/cases/K-1", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/cases/K-9?by=reader", Cancellation)).StatusCode);
        Assert.Empty(host.Watch.Submitted);
        Assert.Contains("called the mission", await host.Client.GetStringAsync("/api/cases/K-1?by=reader", Cancellation), StringComparison.Ordinal);
        await host.Client.GetStringAsync("/api/cases/K-1?by=lawyer&export=true", Cancellation);
        Assert.Equal([new LookAtCase("K-1", CaseAccess.Viewed) { By = "reader" }, new LookAtCase("K-1", CaseAccess.Exported) { By = "lawyer" }], host.Watch.Submitted);
        Assert.DoesNotContain("called the mission", await host.Client.GetStringAsync("/api/boards", Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    public async Task A_page_of_another_site_neither_sees_a_case_file_nor_puts_a_look_on_record(string header, string value)
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        using HttpRequestMessage elsewhere = new(HttpMethod.Get, "/api/cases/K-1?by=reader");
        elsewhere.Headers.Add(header, value);
        using HttpResponseMessage answer = await host.Client.SendAsync(elsewhere, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(host.Watch.Submitted);
    }

    [Fact]
    public async Task A_look_that_cannot_be_recorded_shows_nothing()
    {
        await using ConsoleHost host = await ConsoleHost.Start(watch: new SyntheticWatch { Refuses = "the disk is full" });
        HttpResponseMessage answer = await host.Client.GetAsync("/api/cases/K-1?by=reader", Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.DoesNotContain("mission", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/cases/K-1?by=x")]
    [InlineData("/api/documents/D-1")]
    [InlineData("/api/in-force")]
    public async Task They_are_for_operators(string path)
    {
        await using ConsoleHost host = await ConsoleHost.Start(new ConsoleOptions { OperatorToken = "secret" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.GetAsync(path, Cancellation)).StatusCode);
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync(path, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_public_sees_no_proposal_no_protected_source_no_draft_and_no_case()
    {
        await using ConsoleHost host = await ConsoleHost.Start(new ConsoleOptions { OperatorToken = "secret" });
        JsonElement boards = JsonDocument.Parse(await host.Client.GetStringAsync("/api/boards", Cancellation)).RootElement;
        foreach (string section in new[] { "claims", "documents", "cases" }) Assert.Equal(0, boards.GetProperty(section).GetArrayLength());
        Assert.Equal("ST-1", Assert.Single(boards.GetProperty("statements").EnumerateArray()).GetProperty("id").GetString());
        Assert.True(boards.GetProperty("withheld").GetInt32() >= 5);
    }

    [Fact]
    public async Task A_report_is_sent_to_a_running_system_and_what_is_refused_is_told()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "The mayor said four people were hurt.", Cancellation);
            IngestReview review = IngestReview.Of(file, "R", "paper", null, TimeZoneInfo.Utc);
            IngestTarget target = await IngestTarget.ToServer(host.Address, null, review.Commands("desk", null, IngestReview.Parse(review.Json().Replace("\"accept\": null", "\"accept\": true", StringComparison.Ordinal))), Cancellation);
            Assert.Equal((3, 0), (target.Taken, target.Refusals.Count));
            Assert.Equal(["AddSource", "RecordClaim", "AcceptClaim"], host.Watch.Submitted.Select(command => command.GetType().Name));
            Assert.Throws<InvalidDataException>(() => review.Commands("desk", null, IngestReview.Parse(review.Json().Replace("four people", "nine people", StringComparison.Ordinal))));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
