using System.Buffers.Text;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nadhir.Hosting;
using Nadhir.Outlets.Cap;
using Nadhir.Outlets.Cap.Push;
using Nadhir.Outlets.Push;
using Nadhir.Outlets.Sirens;
using Nadhir.PublicPage;
using Nadhir.Simulation.Sirens;
using Nadhir.Warning;

namespace Nadhir.Commands;

/// <summary>
/// The far ends of every outlet, on this machine: sirens, whoever reads the CAP feed, a webhook, a subscriber at the
/// broker, a partner's map, open pages, a push service. Each notes when it had something.
/// </summary>
sealed class OutletBenchEnds(OutletBenchTimes times, TimeProvider clock) : IAsyncDisposable
{
    readonly CancellationTokenSource stopping = new();
    readonly List<Task> tasks = [];
    readonly List<IAsyncDisposable> parts = [];
    FileSystemWatcher? folder;
    int forged;

    /// <summary>The secret by which webhooks are signed.</summary>
    public static byte[] WebhookSecret { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    public static ImmutableArray<byte> SirenSecret { get; } = [.. WebhookSecret];

    /// <summary>Webhooks whose signature was wrong.</summary>
    public int Forged => Volatile.Read(ref forged);

    /// <summary>Where webhooks and push messages are taken.</summary>
    public string Receiver { get; private set; } = "";

    public async Task StartReceiver()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.Run(Take);
        await app.StartAsync();
        Receiver = app.Urls.First();
        parts.Add(app);
    }

    async Task Take(HttpContext context)
    {
        IHeaderDictionary headers = context.Request.Headers;
        if (context.Request.Path == "/push")
        {
            times.Had("web push", headers["Topic"].ToString());
            context.Response.StatusCode = StatusCodes.Status201Created;
            return;
        }

        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        string id = headers["webhook-id"].ToString();
        times.Had("CAP by webhook", id);
        bool timed = long.TryParse(headers["webhook-timestamp"], out long at);
        if (!timed || headers["webhook-signature"] != WebhookPartner.Sign(WebhookSecret, id, at, body.ToArray()))
            Interlocked.Increment(ref forged);
    }

    public async Task StartSirens(IEnumerable<Siren> sirens, BrokerAddress broker)
    {
        foreach (Siren siren in sirens)
        {
            SirenDeviceClient device = new(
                new SirenDevice(siren.Id, exercise: true, ["warning", "all-clear"], key: new(SirenSecret.AsSpan(), exercise: true, siren.Id)),
                siren.Name, broker, clock)
            {
                Says = said =>
                {
                    if (!said.Contains(" Refused", StringComparison.Ordinal)) times.Had("siren over MQTT", said.Split(' ')[0]);
                },
            };
            parts.Add(device);
            await device.StartAsync(stopping.Token);
        }
    }

    /// <summary>Listens at the broker; completes when it may be heard.</summary>
    public async Task StartSubscriber(string topic, BrokerAddress broker)
    {
        TaskCompletionSource up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        MqttLink link = new(new(broker, "bench-subscriber", [topic]), clock)
        {
            Changed = (connected, _) =>
            {
                if (connected) up.TrySetResult();
            },
            Received = (_, payload, _) => times.Had("CAP over MQTT", Between(Encoding.UTF8.GetString(payload), "<identifier>", "<")),
        };
        parts.Add(link);
        link.Start();
        await up.Task.WaitAsync(TimeSpan.FromSeconds(20), clock);
    }

    /// <summary>Reads the feed's file whenever it is replaced, as a web server's readers would have it.</summary>
    public void WatchFeed(string path)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        folder = new(path) { NotifyFilter = NotifyFilters.FileName, InternalBufferSize = 65_536 };
        folder.Renamed += (_, change) =>
        {
            if (change.Name != CapStore.FeedFile) return;
            string text = File.ReadAllText(change.FullPath);
            for (int at = 0; (at = text.IndexOf("<entry>", at, StringComparison.Ordinal)) >= 0; at++)
            {
                string name = Between(text[at..Math.Min(text.Length, at + 4000)], "href=\"", ".xml\"");
                if (known.Add(name)) times.Had("CAP in the Atom feed", name);
            }
        };
        folder.EnableRaisingEvents = true;
    }

    public async Task StartMap(int port)
    {
        TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port);
        tasks.Add(Task.Run(async () =>
        {
            using TcpClient mine = client;
            StringBuilder text = new();
            byte[] buffer = new byte[65_536];
            while (await client.GetStream().ReadAsync(buffer, stopping.Token) is > 0 and int length)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, length));
                string all = text.ToString();
                int from = 0;
                for (int end; (end = all.IndexOf("</event>", from, StringComparison.Ordinal)) >= 0; from = end + 8) HearEvent(all[from..end]);
                text.Remove(0, from);
            }
        }));
    }

    void HearEvent(string text)
    {
        string uid = Between(text, "uid=\"", "\"");
        int alert = uid.IndexOf(".alert.", StringComparison.Ordinal);
        if (alert >= 0) times.Had("Cursor-on-Target", OutletBenchTimes.CotKey(uid[(alert + 7)..], Between(text, " type=\"", "\"")));
    }

    /// <summary>Opens a zone's page and asks for its push messages.</summary>
    public async Task Visit(HttpClient phone, string zone, string endpoint, byte[] key)
    {
        using HttpResponseMessage answer = await phone.PostAsJsonAsync("/api/push", new
        {
            endpoint, zone, language = "en",
            keys = new { p256dh = Base64Url.EncodeToString(key), auth = Base64Url.EncodeToString(WebhookSecret.AsSpan(0, PushEncryption.AuthBytes)) },
        });
        answer.EnsureSuccessStatusCode();
        StreamReader stream = new(await phone.GetStreamAsync($"/api/zones/{zone}/events", stopping.Token));
        tasks.Add(Task.Run(async () =>
        {
            using StreamReader mine = stream;
            while (await stream.ReadLineAsync(stopping.Token) is { } line)
            {
                if (!line.StartsWith("data: ", StringComparison.Ordinal) || !line.Contains("\"message\"", StringComparison.Ordinal)) continue;
                if (JsonSerializer.Deserialize(line.AsSpan(6), PublicJson.Default.ZoneState)?.Message is { } message)
                    times.Had("public page (SSE)", message);
            }
        }));
    }

    static string Between(string text, string from, string to)
    {
        int start = text.IndexOf(from, StringComparison.Ordinal);
        if (start < 0) return "";
        start += from.Length;
        int end = text.IndexOf(to, start, StringComparison.Ordinal);
        return end < 0 ? "" : text[start..end];
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        folder?.Dispose();
        foreach (IAsyncDisposable part in Enumerable.Reverse(parts)) await (part is SirenDeviceClient siren ? new ValueTask(siren.Cut()) : part.DisposeAsync());
        stopping.Dispose();
    }
}
