using System.Net.Http.Headers;
using Nadhir.Hosting;
using Nadhir.Journal;

namespace Nadhir.Feeds;

/// <summary>
/// Asks a web server again and again for the same document (a receiver's <c>aircraft.json</c>) and passes each answer on
/// whole. A server that fails is asked less often, at least every 30 s.
/// </summary>
sealed partial class HttpFeed : IDisposable
{
    /// <summary>An answer that is longer is refused.</summary>
    public const int LongestAnswer = 8 * 1024 * 1024;
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30), Patience = TimeSpan.FromSeconds(5);

    readonly string id;
    readonly Uri address;
    readonly TimeSpan period;
    readonly WatchLoop loop;
    readonly TimeProvider clock;
    readonly ILogger<HttpFeed> logger;
    readonly HttpClient client;

    /// <param name="token">Sent as a bearer token when not null.</param>
    public HttpFeed(string id, Uri address, TimeSpan period, string? token, WatchLoop loop, TimeProvider clock, ILogger<HttpFeed> logger)
    {
        (this.id, this.address, this.period, this.loop, this.clock, this.logger) = (id, address, period, loop, clock, logger);
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience })
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task Run(CancellationToken stopping)
    {
        TimeSpan wait = period;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(address, stopping);
                answer.EnsureSuccessStatusCode();
                byte[] body = await answer.Content.ReadAsByteArrayAsync(stopping);
                loop.Offer(new Entry(EntryKind.Received, clock.GetUtcNow(), id, body));
                wait = period;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
            {
                LogFault(logger, id, address, fault is OperationCanceledException ? "no answer in time" : fault.Message);
                wait = wait * 2 < LongestWait ? wait * 2 : Longer(LongestWait, period);
            }

            await Task.Delay(wait, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    public void Dispose() => client.Dispose();

    [LoggerMessage(1105, LogLevel.Warning, "Feed {Feed}: {Address} does not answer: {Fault}")]
    static partial void LogFault(ILogger logger, string feed, Uri address, string fault);
}
