using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Nadhir.DutyConsole;

namespace Nadhir.Tests.Console;

/// <summary>The observers' token opens one door only.</summary>
public sealed class ObserverAccessTests
{
    const string Report = """{"type":"observer.report","by":"post 7","text":"","what":"Drone","directionDegrees":45,"position":{"latitudeDegrees":33,"longitudeDegrees":44},"report":"r-1"}""";

    static readonly ConsoleOptions both = new() { OperatorToken = "of operators", ObserversToken = "of observers" };

    [Theory]
    [InlineData("of observers", HttpStatusCode.OK)]
    [InlineData("of operators", HttpStatusCode.OK)]
    [InlineData("guessed", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    public async Task A_report_is_taken_from_observers_and_operators(string token, HttpStatusCode expected)
    {
        await using ConsoleHost host = await ConsoleHost.Start(both);
        Assert.Equal(expected, await Post(host, token, Report));
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, host.Watch.Submitted.Count);
    }

    [Fact]
    public async Task An_observer_gives_no_orders_and_sees_no_restricted_row()
    {
        await using ConsoleHost host = await ConsoleHost.Start(both);
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(host, "of observers", """{"type":"alert.release","by":"post 7","alert":"A-1"}"""));
        Assert.Empty(host.Watch.Submitted);
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "of observers");
        string configuration = await host.Client.GetStringAsync("/api/configuration",
            TestContext.Current.CancellationToken);
        Assert.DoesNotContain("S-HIDDEN", configuration, StringComparison.Ordinal);
        JsonElement read = JsonDocument.Parse(configuration).RootElement;
        Assert.Equal((false, true), (read.GetProperty("operator").GetBoolean(),
            read.GetProperty("observer").GetBoolean()));
    }

    [Fact]
    public async Task Without_a_token_of_observers_none_opens_the_door()
    {
        await using ConsoleHost host =
            await ConsoleHost.Start(new() { OperatorToken = "of operators", ObserversToken = " " });
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(host, " ", Report));
    }

    static async Task<HttpStatusCode> Post(ConsoleHost host, string token, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/commands")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using HttpResponseMessage answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
