using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Nadhir.DutyConsole;

namespace Nadhir.Tests.Console;

/// <summary>The API over real HTTP. A client on this machine is an operator while no token is set.</summary>
public sealed class ConsoleEndpointTests
{
    const string Token = "a secret of the watch room";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_configuration_says_whether_this_is_an_exercise_and_who_is_asking()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        JsonElement answer = await host.Client.GetFromJsonAsync<JsonElement>("/api/configuration", Cancellation);
        Assert.True(answer.GetProperty("exercise").GetBoolean());
        Assert.True(answer.GetProperty("operator").GetBoolean());
        Assert.Equal("loopback", answer.GetProperty("signIn").GetString());
        Assert.Equal(250_000, answer.GetProperty("sensors")[0].GetProperty("rangeMetres").GetDouble());
        Assert.Equal("جرف الصخر", answer.GetProperty("zones")[0].GetProperty("names").GetProperty("ar").GetString());
        Assert.Equal("C", answer.GetProperty("ladder").GetProperty("phases")[3].GetString());
    }

    [Fact]
    public async Task Boards_carry_every_section_but_the_tracks()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        JsonElement boards = await host.Client.GetFromJsonAsync<JsonElement>("/api/boards", Cancellation);
        foreach (string section in BoardsFrame.SectionNames)
        {
            JsonElement rows = boards.GetProperty(section);
            Assert.True(rows.ValueKind == JsonValueKind.Object || rows.GetArrayLength() > 0, section);
        }

        Assert.False(boards.TryGetProperty("tracks", out _));
        Assert.Equal("Warning", boards.GetProperty("alerts")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Tracks_say_who_they_are_by_their_own_word_and_our_files()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        JsonElement answer = await host.Client.GetFromJsonAsync<JsonElement>("/api/tracks", Cancellation);
        JsonElement flight = answer.GetProperty("tracks").EnumerateArray()
            .First(track => track.GetProperty("description").GetProperty("id").GetInt32() == 11).GetProperty("description");
        Assert.Equal("DEMO101", flight.GetProperty("callsign").GetString());
        Assert.Equal("1001", flight.GetProperty("mode3A").GetString());
        Assert.Equal("710001", flight.GetProperty("address").GetString());
        Assert.Equal("Authorised", flight.GetProperty("identity").GetString());
        Assert.Equal("SIM-1 SIM-4", string.Join(' ', flight.GetProperty("sensors").EnumerateArray()));
    }

    [Fact]
    public async Task A_track_without_a_height_has_none_in_the_answer()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        JsonElement answer = await host.Client.GetFromJsonAsync<JsonElement>("/api/tracks", Cancellation);
        JsonElement low = answer.GetProperty("tracks").EnumerateArray()
            .First(track => track.GetProperty("description").GetProperty("id").GetInt32() == 90);
        Assert.False(low.TryGetProperty("heightMetres", out _));
    }

    [Fact]
    public async Task Who_is_not_signed_in_sees_no_restricted_row_and_is_told_how_many()
    {
        await using ConsoleHost host = await ConsoleHost.Start(new() { OperatorToken = Token });
        string configuration = await host.Client.GetStringAsync("/api/configuration", Cancellation);
        string boards = await host.Client.GetStringAsync("/api/boards", Cancellation);
        foreach (string hidden in (string[])["S-HIDDEN", "SR-08", "guard rota", "missile defence", "observer 7", "Operations command", "assessment cell", "day officer"])
        {
            Assert.DoesNotContain(hidden, configuration + boards, StringComparison.Ordinal);
        }

        Assert.Contains("trenches", boards, StringComparison.Ordinal);
        // The hidden site with six rows, five rows of the other, a siren, a directive, three lines of the log, and the watch with two items;
        // a draft, a claim that is only proposed, one of a protected source, a document, a case file and a finding of a flight.
        Assert.Equal(26, JsonDocument.Parse(boards).RootElement.GetProperty("withheld").GetInt32());
    }

    [Fact]
    public async Task The_token_opens_what_is_restricted()
    {
        await using ConsoleHost host = await ConsoleHost.Start(new() { OperatorToken = Token });
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        string boards = await host.Client.GetStringAsync("/api/boards", Cancellation);
        Assert.Contains("missile defence", boards, StringComparison.Ordinal);
        Assert.Contains("\"withheld\":0", boards, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_reaches_the_watch_and_answers_with_its_entry()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        HttpResponseMessage answer = await Post(host, """{"type":"alert.release","by":"duty officer","alert":"A-1"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"sequence":1}""", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(new ReleaseAlert("A-1") { By = "duty officer" }, Assert.Single(host.Watch.Submitted));
    }

    [Fact]
    public async Task A_refused_command_says_why()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        host.Watch.Refuses = "There is no alert A-9.";
        HttpResponseMessage answer = await Post(host, """{"type":"alert.release","by":"duty officer","alert":"A-9"}""");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("There is no alert A-9.", problem.GetProperty("detail").GetString());
        Assert.Equal("Malformed", problem.GetProperty("cause").GetProperty("code").GetString());
        Assert.Equal("There is no alert A-9.", problem.GetProperty("cause").GetProperty("figures")[0].GetString());
    }

    [Theory]
    [InlineData("not JSON at all")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"type":"launch","by":"x"}""")]
    [InlineData("""{"type":"alert.release","alert":"A-1"}""")]
    [InlineData("""{"type":"alert.release","by":"  ","alert":"A-1"}""")]
    [InlineData("""{"type":"alert.release","by":"x"}""")]
    [InlineData("""{"type":"alert.release","by":"x","alert":null}""")]
    [InlineData("""{"type":"alert.release","by":"x","alert":"A-1","alrt":"A-2"}""")]
    [InlineData("""{"type":"site.measure","by":"x","site":"S","kind":"k","state":"Nearly"}""")]
    public async Task A_command_that_is_not_whole_never_reaches_the_watch(string body)
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        HttpResponseMessage answer = await Post(host, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString()!);
        Assert.Empty(host.Watch.Submitted);
    }

    [Fact]
    public async Task A_command_as_long_as_a_book_is_not_read()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        string text = new('x', CommandDesk.LongestOfOperator);
        HttpResponseMessage answer = await Post(host, $$"""{"type":"observer.report","by":"x","text":"{{text}}"}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(host.Watch.Submitted);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task Without_the_token_nothing_is_ordered(string? token)
    {
        await using ConsoleHost host = await ConsoleHost.Start(new() { OperatorToken = Token });
        if (token is not null) host.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        HttpResponseMessage answer = await Post(host, """{"type":"alert.release","by":"x","alert":"A-1"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(host.Watch.Submitted);
    }

    [Theory]
    [InlineData("Host", "watch.example")]
    [InlineData("Origin", "https://other.example")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    public async Task A_browser_led_here_by_another_site_is_no_operator(string header, string value)
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/commands")
        {
            Content = new StringContent("""{"type":"alert.release","by":"x","alert":"A-1"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(header, value);
        HttpResponseMessage answer = await host.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(host.Watch.Submitted);
    }

    [Fact]
    public async Task A_form_of_another_site_cannot_order_because_it_cannot_send_json()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        using StringContent form = new("""{"type":"alert.release","by":"x","alert":"A-1"}""", Encoding.UTF8, "text/plain");
        HttpResponseMessage answer = await host.Client.PostAsync("/api/commands", form, Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Empty(host.Watch.Submitted);
    }

    [Fact]
    public async Task Health_turns_red_with_the_faults_in_words_and_as_causes()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/api/health", Cancellation)).StatusCode);
        host.Watch.Health = new([Cause.Of(CauseCode.JournalUnwritable, "disk full")]);
        HttpResponseMessage answer = await host.Client.GetAsync("/api/health", Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        string said = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("The journal cannot be written; alerts and sirens are held back: disk full", said, StringComparison.Ordinal);
        Assert.Contains("""{"code":"JournalUnwritable","figures":["disk full"]}""", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_built_console_the_page_says_how_to_build_it()
    {
        await using ConsoleHost host = await ConsoleHost.Start(new() { WebRoot = Path.Combine(Path.GetTempPath(), "nadhir-no-console") });
        string page = await host.Client.GetStringAsync("/", Cancellation);
        Assert.Contains("npm run build", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Maps_of_others_are_offered_only_where_configured_and_then_no_other_host_may_send_pictures()
    {
        await using (ConsoleHost plain = await ConsoleHost.Start())
        {
            JsonElement configuration = await plain.Client.GetFromJsonAsync<JsonElement>("/api/configuration", Cancellation);
            Assert.False(configuration.TryGetProperty("map", out _));
            Assert.Contains("img-src 'self' data: blob:;", await Policy(plain), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await plain.Client.GetAsync("/map.pmtiles", Cancellation)).StatusCode);
        }

        string file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, [.. Enumerable.Range(0, 200).Select(i => (byte)i)], Cancellation);
        try
        {
            await using ConsoleHost host = await ConsoleHost.Start(new()
            {
                Map = new() { TilesFile = file, TilesAttribution = "made by us", Wms = new(new("https://maps.example:8443/wms?token=x"), "base,roads", "theirs"), DistrictsFile = file, DistrictsAttribution = "theirs too" },
            });
            JsonElement map = (await host.Client.GetFromJsonAsync<JsonElement>("/api/configuration", Cancellation)).GetProperty("map");
            Assert.Equal("map.pmtiles", map.GetProperty("tiles").GetProperty("address").GetString());
            Assert.Equal("made by us", map.GetProperty("tiles").GetProperty("attribution").GetString());
            Assert.Equal("https://maps.example:8443/wms?token=x", map.GetProperty("wms").GetProperty("address").GetString());
            Assert.Equal("base,roads", map.GetProperty("wms").GetProperty("layers").GetString());
            Assert.Equal("theirs too", map.GetProperty("districts").GetProperty("attribution").GetString());
            string districts = map.GetProperty("districts").GetProperty("address").GetString()!;
            Assert.Equal(200, (await host.Client.GetByteArrayAsync($"/{districts}", Cancellation)).Length);
            Assert.Contains("img-src 'self' data: blob: https://maps.example:8443;", await Policy(host), StringComparison.Ordinal);
            using HttpRequestMessage part = new(HttpMethod.Get, "/map.pmtiles") { Headers = { Range = new(10, 19) } };
            HttpResponseMessage answer = await host.Client.SendAsync(part, Cancellation);
            Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
            Assert.Equal([10, 11, 12, 13, 14, 15, 16, 17, 18, 19], await answer.Content.ReadAsByteArrayAsync(Cancellation));
        }
        finally
        {
            File.Delete(file);
        }

        static async Task<string> Policy(ConsoleHost host) =>
            string.Join(' ', (await host.Client.GetAsync("/api/health", Cancellation)).Headers.GetValues("Content-Security-Policy"));
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using ConsoleHost host = await ConsoleHost.Start();
        JsonElement description = await host.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancellation);
        JsonElement paths = description.GetProperty("paths");
        Assert.Equal(
            "/api/alarms /api/boards /api/cases/{id} /api/commands /api/configuration /api/documents/{id} /api/events /api/health /api/in-force /api/tracks /api/tracks/live",
            Sorted(paths.EnumerateObject().Select(path => path.Name)));
        JsonElement answers = paths.GetProperty("/api/commands").GetProperty("post").GetProperty("responses");
        Assert.Equal("200 400 401 409", Sorted(answers.EnumerateObject().Select(answer => answer.Name)));
    }

    static string Sorted(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));

    static Task<HttpResponseMessage> Post(ConsoleHost host, string json) =>
        host.Client.PostAsync("/api/commands", new StringContent(json, Encoding.UTF8, "application/json"), Cancellation);
}
