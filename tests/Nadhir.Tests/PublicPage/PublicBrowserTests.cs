using System.Net;
using System.Net.Sockets;
using Nadhir.PublicPage;
using Nadhir.Tests.Console;
using Nadhir.Tests.Demo;
using Nadhir.Warning;

namespace Nadhir.Tests.PublicPage;

/// <summary>The public's page in a real browser of a phone's size; pictures go to <c>artifacts/screenshots</c>.</summary>
public sealed class PublicBrowserTests
{
    [Fact]
    public async Task A_phone_is_warned_in_both_languages_and_never_shows_old_news_as_current()
    {
        string pictures = ConsoleBrowser.Pictures();
        PublicOptions options = new() { HeartbeatEvery = TimeSpan.FromSeconds(1), UnknownAfter = TimeSpan.FromSeconds(10) };
        await using PublicHost host = await PublicHost.Start(options);
        await using Line line = new(host.Address.Port);
        int messages = 0;
        await ConsoleBrowser.Look("zone", line.Address, async word =>
        {
            AlertState? state = word switch
            {
                "warn" => AlertState.Warning,
                "prepare" => AlertState.Watch,
                "allclear" => AlertState.AllClear,
                "correct" => AlertState.Correction,
                _ => null,
            };
            if (word == "deaf") await line.Cut();
            if (word == "hear") line.Mend();
            if (state is { } said) host.Watch.Show(host.Watch.Alert("T", said, ++messages));
        }, "--screenshots", pictures);
    }

    /// <summary>The line between a phone and the server, which can be cut and mended.</summary>
    sealed class Line : IAsyncDisposable
    {
        readonly int to;
        readonly int port = Ports.Free();
        CancellationTokenSource cut = new();
        Task carrying = Task.CompletedTask;

        public Line(int to)
        {
            this.to = to;
            Mend();
        }

        public Uri Address => new($"http://127.0.0.1:{port}");

        public void Mend()
        {
            cut = new();
            TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            carrying = Carry(listener, cut.Token);
        }

        public async Task Cut()
        {
            await cut.CancelAsync();
            await carrying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task Carry(TcpListener listener, CancellationToken until)
        {
            using (listener)
            {
                List<Task> all = [];
                try
                {
                    while (true) all.Add(Carry(await listener.AcceptTcpClientAsync(until), until));
                }
                catch (OperationCanceledException)
                {
                    await Task.WhenAll(all);
                }
            }
        }

        async Task Carry(TcpClient phone, CancellationToken until)
        {
            using (phone)
            {
                try
                {
                    using TcpClient server = new();
                    await server.ConnectAsync(IPAddress.Loopback, to, until);
                    Task there = phone.GetStream().CopyToAsync(server.GetStream(), until), back = server.GetStream().CopyToAsync(phone.GetStream(), until);
                    await Task.WhenAny(there, back);
                }
                catch (Exception gone) when (gone is OperationCanceledException or IOException or SocketException)
                {
                    // Cut, or one side went away.
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Cut();
            cut.Dispose();
        }
    }
}
