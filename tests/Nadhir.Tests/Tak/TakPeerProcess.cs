using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Nadhir.Tests.Conventions;

namespace Nadhir.Tests.Tak;

/// <summary>
/// The peer of another make (tests/peers/tak): node with the packages node-cot and node-tak, pinned. Where node is
/// missing or the packages cannot be had the tests fail and say so.
/// </summary>
sealed class TakPeerProcess : IAsyncDisposable
{
    static readonly SemaphoreSlim installing = new(1);
    static readonly string folder = Path.Combine(Repository.Root, "tests/peers/tak");

    readonly Process process;
    readonly Channel<JsonElement> lines = Channel.CreateUnbounded<JsonElement>();
    readonly List<JsonElement> said = [];
    readonly List<string> errors = [];

    TakPeerProcess(Process process) => this.process = process;

    public static async Task<TakPeerProcess> Start(string mode, object options)
    {
        await Install();
        ProcessStartInfo start = new("node", ["peer.mjs", mode, JsonSerializer.Serialize(options)])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            UseShellExecute = false,
        };
        TakPeerProcess peer = new(Process.Start(start)!);
        peer.process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text) peer.lines.Writer.TryWrite(JsonElement.Parse(text));
        };
        peer.process.ErrorDataReceived += (_, line) =>
        {
            lock (peer.errors) if (line.Data is { } text) peer.errors.Add(text);
        };
        peer.process.BeginOutputReadLine();
        peer.process.BeginErrorReadLine();
        return peer;
    }

    /// <summary>
    /// The first line that is meant, of all there were and will be; fails with what the peer complained of.
    /// </summary>
    public async Task<JsonElement> Wait(Func<JsonElement, bool> isMeant, double seconds = 20)
    {
        if (said.FirstOrDefault(isMeant) is { ValueKind: not JsonValueKind.Undefined } before) return before;
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(seconds));
        try
        {
            while (true)
            {
                JsonElement line = await lines.Reader.ReadAsync(limit.Token);
                said.Add(line);
                if (isMeant(line)) return line;
            }
        }
        catch (OperationCanceledException)
        {
            lock (errors) Assert.Fail($"the peer did not say it; it said:\n{string.Join('\n', said.TakeLast(10))}\n{string.Join('\n', errors)}");
            throw;
        }
    }

    public Task<JsonElement> WaitFor(string property) => Wait(line => line.TryGetProperty(property, out _));

    /// <summary>An event the peer received.</summary>
    public Task<JsonElement> Heard(string type, Func<JsonElement, bool>? isMeant = null) => Wait(line =>
        line.TryGetProperty("heard", out JsonElement heard) && heard.GetString() == type && (isMeant?.Invoke(line) ?? true));

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(5));
        await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    static async Task Install()
    {
        await installing.WaitAsync();
        try
        {
            if (File.Exists(Path.Combine(folder, "node_modules/.package-lock.json"))) return;
            using Process npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            })!;
            string words = await npm.StandardOutput.ReadToEndAsync() + await npm.StandardError.ReadToEndAsync();
            await npm.WaitForExitAsync();
            Assert.True(npm.ExitCode == 0, $"npm ci in {folder}: {words}");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Assert.Fail($"node and npm are needed for the TAK peer: {missing.Message}");
        }
        finally
        {
            installing.Release();
        }
    }
}
