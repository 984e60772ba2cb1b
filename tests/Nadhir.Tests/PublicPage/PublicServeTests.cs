using System.Net;
using System.Text.Json;
using Nadhir.Tests.Demo;

namespace Nadhir.Tests.PublicPage;

/// <summary>The whole program: a person raises an alert at the console, and the public's own port tells it.</summary>
public sealed class PublicServeTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-public-serve-").FullName;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_alert_that_a_person_raises_is_told_on_the_public_port_and_again_after_a_restart()
    {
        (int console, int mqtt, int open) = (Ports.Free(), Ports.Free(), Ports.Free());
        string configuration = await NadhirProcess.Configure(folder, $$$"""
            mqtt: {embedded: {address: 127.0.0.1, port: {{{mqtt}}}}}
            console: {port: {{{console}}}}
            public:
              port: {{{open}}}
              address: 127.0.0.1
              push: {contact: "mailto:test@nadhir.example"}
            zones:
              - {id: district, name: District, lat: 33.1, lon: 44.2, radius_km: 30}
              - {id: town, name: Town, parent: district, lat: 33.1, lon: 44.2, radius_km: 5}
            """);
        using HttpClient phone = new() { BaseAddress = new($"http://127.0.0.1:{open}"), Timeout = TimeSpan.FromSeconds(20) };
        using (NadhirProcess nadhir = NadhirProcess.Start(console, "serve", "--config", configuration))
        {
            await nadhir.WaitFor("listening", _ => true);
            using StreamReader stream = new(await phone.GetStreamAsync("/api/zones/town/events", Cancellation));
            Assert.Equal("None", (await Next(stream)).GetProperty("state").GetString());
            await nadhir.Post(new
            {
                type = "alert.raise", by = "duty officer", zone = "district", state = "Warning", kind = "Aircraft", reason = "a call from a neighbour",
            });
            JsonElement warned = await Next(stream);
            Assert.Equal("Warning", warned.GetProperty("state").GetString());
            Assert.Equal("district", warned.GetProperty("holdsFrom").GetProperty("zone").GetString());
            Assert.StartsWith("EXERCISE EXERCISE EXERCISE", warned.GetProperty("texts").GetProperty("en").GetProperty("headline").GetString());
            string page = await phone.GetStringAsync("/zone/town?lang=en", Cancellation);
            Assert.Contains("data-state=\"Warning\"", page);
            Assert.Matches("data-push-key=\"[A-Za-z0-9_-]{87}\"", page);
            Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync("/api/boards", Cancellation)).StatusCode);
            Assert.True(File.Exists(Path.Combine(folder, "record", "push-exercise.pem")));
            Assert.False(File.Exists(Path.Combine(folder, "record", "push-live.pem")));
            Assert.Equal(0, await nadhir.Terminate());
        }

        using NadhirProcess again = NadhirProcess.Start(console, "serve", "--config", configuration);
        await again.WaitFor("listening", _ => true);
        JsonElement still = JsonDocument.Parse(await phone.GetStringAsync("/api/zones/town", Cancellation)).RootElement;
        Assert.Equal("Warning", still.GetProperty("state").GetString());
        await again.Terminate();
    }

    static async Task<JsonElement> Next(StreamReader stream)
    {
        string name = "";
        while (await stream.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (name == "state" && line.StartsWith("data: ", StringComparison.Ordinal)) return JsonDocument.Parse(line[6..]).RootElement;
        }

        throw new InvalidOperationException("the stream ended");
    }
}
