using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nadhir.Tests.Conventions;
using Nadhir.Tests.Demo;

namespace Nadhir.Tests.Dossiers;

/// <summary>A live system of its own in a folder, whose orders come over its API and whose record is looked at beside it.</summary>
sealed partial class LiveRecord : IAsyncDisposable
{
    readonly HttpClient operators, anyone;
    readonly NadhirProcess nadhir;

    LiveRecord(string folder, int port, NadhirProcess nadhir)
    {
        (Folder, this.nadhir) = (folder, nadhir);
        operators = new()
        {
            BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30),
            DefaultRequestHeaders = { Authorization = new("Bearer", "operators-secret") },
        };
        anyone = new() { BaseAddress = operators.BaseAddress, Timeout = operators.Timeout };
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string Folder { get; }
    public string Record => Path.Combine(Folder, "record");
    public string Configuration => Path.Combine(Folder, "nadhir.yaml");
    public string Token => Path.Combine(Folder, "operators");
    public Uri Address => operators.BaseAddress!;
    public NadhirProcess Process => nadhir;

    public static async Task<LiveRecord> Start()
    {
        string folder = Directory.CreateTempSubdirectory("nadhir-live-").FullName;
        (int console, int mqtt) = (Ports.Free(), Ports.Free());
        await File.WriteAllTextAsync(Path.Combine(folder, "operators"), "operators-secret\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "nadhir.yaml"), $$$"""
            name: live test
            exercise: false
            sender: test@nadhir.example
            origin: {lat: 33, lon: 44.5}
            storage: {folder: record}
            zones: [{id: Z, name: Zone, lat: 33, lon: 44.5, radius_km: 10}]
            mqtt: {embedded: {address: 127.0.0.1, port: {{{mqtt}}}}}
            console: {port: {{{console}}}, token_file: operators}
            dossier_profiles:
              - {name: press, withhold: [sources, people]}
              - {name: nobody, withhold: [restricted, sources, people, directives, sensors, sirens, configuration]}
            tick_s: 0.1
            """, Cancellation);
        LiveRecord live = new(folder, console, NadhirProcess.Start(console, "serve", "--config", Path.Combine(folder, "nadhir.yaml")));
        await live.nadhir.WaitFor("a system that answers", _ => true);
        return live;
    }

    public async Task Do(object command)
    {
        (HttpStatusCode code, string answer) = await Try(command);
        Assert.True(code == HttpStatusCode.OK, $"{JsonSerializer.Serialize(command)}: {code} {answer}");
    }

    public async Task<string> Refused(object command)
    {
        (HttpStatusCode code, string answer) = await Try(command);
        Assert.True(code is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest, $"{code} {answer}");
        return answer;
    }

    public async Task<(HttpStatusCode Code, string Answer)> Try(object command)
    {
        using HttpResponseMessage answer = await operators.PostAsJsonAsync("/api/commands", command, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    public async Task<JsonElement> Statement(string id, bool publicly = false)
    {
        JsonElement boards = await (publicly ? anyone : operators).GetFromJsonAsync<JsonElement>("/api/boards", Cancellation);
        return boards.GetProperty("statements").EnumerateArray().FirstOrDefault(row => row.GetProperty("id").GetString() == id);
    }

    /// <summary>The claims of the acceptance scenario by their ids: words and who says them.</summary>
    public static Dictionary<string, (string Words, string By)> ScenarioClaims()
    {
        string scenario = File.ReadAllText(Path.Combine(Repository.Root, "scenarios/babil-2024.yaml"));
        return ClaimOfScenario().Matches(scenario).ToDictionary(
            claim => claim.Groups["id"].Value, claim => (claim.Groups["words"].Value, claim.Groups["by"].Value), StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        nadhir.Dispose();
        operators.Dispose();
        anyone.Dispose();
        await Task.Run(() => Directory.Delete(Folder, recursive: true));
    }

    [GeneratedRegex("- id: (?<id>C\\d\\d)\\n\\s+quote: \"(?<words>[^\"]+)\"\\n\\s+by: \"(?<by>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ClaimOfScenario();
}
