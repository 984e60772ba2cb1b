using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
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
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string root = ConsoleBrowser.RequireRoot();
        string pictures = Path.Combine(root, "artifacts", "screenshots");
        Directory.CreateDirectory(pictures);
        PublicOptions options = new() { HeartbeatEvery = TimeSpan.FromSeconds(1), UnknownAfter = TimeSpan.FromSeconds(10) };
        await using PublicHost host = await PublicHost.Start(options);
        await using Line line = new(host.Address.Port);
        using Process browser = ConsoleBrowser.StartScript(
            root, "test/zone.browser.mjs", line.Address, "--screenshots", pictures);
        Task<string> complained = browser.StandardError.ReadToEndAsync(cancellation);
        StringBuilder report = new();
        int messages = 0;
        while (await browser.StandardOutput.ReadLineAsync(cancellation) is { } word)
        {
            report.AppendLine(word);
            if (!word.StartsWith("do: ", StringComparison.Ordinal)) continue;
            AlertState? state = word[4..] switch
            {
                "warn" => AlertState.Warning,
                "prepare" => AlertState.Watch,
                "allclear" => AlertState.AllClear,
                "correct" => AlertState.Correction,
                _ => null,
            };
            if (word == "do: deaf") await line.Cut();
            if (word == "do: hear") line.Mend();
            if (state is { } said) host.Watch.Show(host.Watch.Alert("T", said, ++messages));
            await browser.StandardInput.WriteLineAsync("done".AsMemory(), cancellation);
            await browser.StandardInput.FlushAsync(cancellation);
        }

        await browser.WaitForExitAsync(cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.True(browser.ExitCode == 0, report + await complained);
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
