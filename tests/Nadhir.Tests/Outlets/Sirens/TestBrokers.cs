using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Nadhir.Outlets.Sirens;

namespace Nadhir.Tests.Outlets.Sirens;

/// <summary>A broker that a test can kill and bring back on the same port.</summary>
interface ITestBroker : IAsyncDisposable
{
    int Port { get; }
    Task Start();
    Task Kill();
}

static class TestPorts
{
    public static int Free()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

sealed class EmbeddedTestBroker : ITestBroker
{
    public EmbeddedTestBroker() => Broker = new(new() { Exercise = false, Port = Port });

    public EmbeddedBroker Broker { get; }
    public int Port { get; } = TestPorts.Free();

    public Task Start() => Broker.StartAsync(CancellationToken.None);

    public Task Kill() => Broker.StopAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => Broker.DisposeAsync();
}

/// <summary>Eclipse Mosquitto as its own process; the test is skipped where it is not installed.</summary>
/// <param name="settings">Lines of its configuration after the listener; anybody may do anything when null.</param>
sealed class MosquittoTestBroker(string? settings = null) : ITestBroker
{
    readonly string configuration = Path.GetTempFileName();
    Process? process;

    public int Port { get; } = TestPorts.Free();

    public async Task Start()
    {
        string? program = Find();
        if (program is null) Assert.Skip("mosquitto is not installed: apt-get install mosquitto");
        await File.WriteAllTextAsync(configuration,
            $"listener {Port} 127.0.0.1\nset_tcp_nodelay true\n{settings ?? "allow_anonymous true\n"}");
        process = Process.Start(new ProcessStartInfo(program!, ["-c", configuration])
        {
            UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(10));
        while (true)
        {
            try
            {
                using TcpClient probe = new();
                await probe.ConnectAsync(IPAddress.Loopback, Port, limit.Token);
                return;
            }
            catch (SocketException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            }
        }
    }

    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await Kill();
        process?.Dispose();
        File.Delete(configuration);
    }

    static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/sbin").Append("/usr/local/sbin")
            .Select(folder => Path.Combine(folder, "mosquitto"))
            .FirstOrDefault(File.Exists);
}
