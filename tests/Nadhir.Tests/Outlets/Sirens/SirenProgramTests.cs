using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Nadhir.Geodesy;
using Nadhir.Outlets;
using Nadhir.Outlets.Sirens;
using Nadhir.Tests.Conventions;
using Nadhir.Tests.Demo;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Sirens;

/// <summary><c>nadhir siren</c> as a process of its own: commands, its relay, a power cut, its end.</summary>
public sealed class SirenProgramTests : IAsyncLifetime
{
    const string Secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    static readonly Siren Siren = new() { Id = "school", Name = "School", Zone = "z", Position = new GeoPoint(33, 44) };

    readonly TimeProvider clock = TimeProvider.System;
    readonly ReceiptLog log = new();
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-siren-").FullName;
    readonly int port = TestPorts.Free();
    EmbeddedBroker broker = null!;
    SirenOutlet outlet = null!;

    public async ValueTask InitializeAsync()
    {
        File.WriteAllText(At("key"), Secret + "\n");
        File.WriteAllText(At("pin"), "");
        broker = new(new() { Exercise = true, Port = port });
        await broker.StartAsync(CancellationToken.None);
        outlet = new(
            new() { Exercise = true, Broker = new() { Port = port }, Secret = SirenSecrets.Read(At("key"), null) }, [Siren], log, clock);
        await outlet.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await outlet.DisposeAsync();
        await broker.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    string At(string name) => Path.Combine(folder, name);

    string[] Options => ["--id", "school", "--broker", $"127.0.0.1:{port}", "--key-file", At("key"), "--state", At("state")];

    NadhirProcess Start(params string[] more) => NadhirProcess.Start(1, ["siren", .. Options, .. more]);

    void Offer(long sequence, int duration, SirenAction action = SirenAction.Sound)
    {
        DateTimeOffset now = clock.GetUtcNow();
        outlet.Offer(new DurableDecision(1, now, now, new SirenCommanded($"c{sequence}", "school", "alert", action, "all-clear")
        {
            Epoch = 1, Sequence = sequence, DurationSeconds = duration, Expires = now.AddSeconds(60),
        }));
    }

    async Task Reads(string file, string text)
    {
        for (int i = 0; i < 400 && (!File.Exists(At(file)) || File.ReadAllText(At(file)) != text); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, TestContext.Current.CancellationToken);
        Assert.Equal(text, File.ReadAllText(At(file)));
    }

    [Fact]
    public Task It_sets_its_pin_falls_silent_by_itself_and_forgets_nothing_in_a_power_cut() =>
        ObeysAndForgetsNothing(() => Start("--gpio", At("pin")));

    /// <summary>As for a single-board computer: one file, trimmed, that needs no .NET.</summary>
    [Fact]
    public async Task The_small_program_does_the_same_and_is_one_small_file()
    {
        await Publish(At("small"));
        FileInfo program = new(Path.Combine(At("small"), "nadhir-siren"));
        Assert.InRange(program.Length, 1, 25_000_000);
        Assert.Equal([program.FullName], Directory.GetFiles(At("small")).Where(file => !file.EndsWith(".pdb", StringComparison.Ordinal)));
        await ObeysAndForgetsNothing(() => NadhirProcess.StartProgram(program.FullName, 1, [.. Options, "--gpio", At("pin")]));
    }

    /// <summary>With the command of docs/sirens.md; what is built on the way lies beside it, so that no other build is disturbed.</summary>
    static async Task Publish(string folder)
    {
        ProcessStartInfo start = new("dotnet")
        {
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (string argument in (string[])
            ["publish", "src/Nadhir.Siren", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", folder, "--artifacts-path", folder + ".artifacts"])
            start.ArgumentList.Add(argument);
        using Process publish = Process.Start(start)!;
        Task<string> errors = publish.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await publish.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(publish.ExitCode == 0, output + await errors);
    }

    async Task ObeysAndForgetsNothing(Func<NadhirProcess> start)
    {
        using (NadhirProcess siren = start())
        {
            SirenLinkReceipt up = await log.WaitLink(up: true, seconds: 60);
            Assert.Equal(SirenGuard.Authenticated, up.Guard);
            await Reads("pin", "0\n");
            Offer(1, duration: 2);
            await log.Wait("c1", SirenStep.Sounding);
            await log.Wait("c1", SirenStep.Silent);
            await Reads("pin", "0\n");
            Offer(2, duration: 300);
            await log.Wait("c2", SirenStep.Sounding);
            Assert.Equal("1\n", File.ReadAllText(At("pin")));
            await siren.Kill();
        }

        Assert.Equal("exercise school 1 2 c2\n", File.ReadAllText(At("state")));
        int before = log.All.Length;
        using NadhirProcess again = start();
        await log.WaitLink(up: true, seconds: 60, after: before);
        await Reads("pin", "0\n");
        Offer(3, duration: 300);
        await log.Wait("c3", SirenStep.Sounding);
        Assert.Equal(0, await again.Terminate());
        Assert.Equal("0\n", File.ReadAllText(At("pin")));
        string said = await again.Output;
        Assert.Contains("newest command 1/2", said, StringComparison.Ordinal);
        Assert.Contains("ended, silent", said, StringComparison.Ordinal);
        await log.Wait("c3", SirenStep.Silent);
    }

    [Fact]
    public async Task It_runs_commands_and_says_it_when_the_relay_does_not_obey()
    {
        using NadhirProcess siren = Start(
            "--exec-on", $"test ! -e {At("broken")} && echo on $SIREN_TONE > {At("horn")}", "--exec-off", $"echo off > {At("horn")}");
        await log.WaitLink(up: true, seconds: 60);
        await Reads("horn", "off\n");
        Offer(1, duration: 300);
        await log.Wait("c1", SirenStep.Sounding);
        await Reads("horn", "on all-clear\n");
        Offer(2, duration: 0, SirenAction.Silence);
        await log.Wait("c2", SirenStep.Silent);
        await Reads("horn", "off\n");
        File.WriteAllText(At("broken"), "");
        Offer(3, duration: 300);
        SirenReceipt refused = await log.Wait("c3", SirenStep.Refused);
        Assert.Contains("ended with 1", refused.Detail, StringComparison.Ordinal);
        await siren.Kill();
    }

    [Theory]
    [InlineData("--id", "a/b")]
    [InlineData("--broker", "host:port")]
    [InlineData("--gpio", "/no/such/pin")]
    [InlineData("--exec-on", "true")]
    [InlineData("--cert", "x.pem")]
    [InlineData("--world", "both")]
    public async Task Wrong_options_are_said(string option, string value)
    {
        List<string> arguments = ["siren"];
        if (option != "--id") arguments.AddRange(["--id", "a"]);
        if (option != "--broker") arguments.AddRange(["--broker", "127.0.0.1"]);
        (int code, _, string errors) = await NadhirProcess.Run([.. arguments, option, value]);
        Assert.Equal(2, code);
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void The_state_of_another_siren_is_not_taken_for_ones_own()
    {
        SirenMemory own = new(At("memory"), exercise: true, "school");
        Assert.Null(own.Load());
        Assert.Null(own.Save(new(3, 14, "a command with blanks")));
        Assert.Equal(new(3, 14, "a command with blanks"), own.Load());
        Assert.Throws<IOException>(() => new SirenMemory(At("memory"), exercise: true, "depot").Load());
        File.WriteAllText(At("memory"), "nonsense");
        Assert.Throws<IOException>(() => own.Load());
        Assert.NotNull(new SirenMemory(At("no/such/folder"), exercise: true, "school").Save(new(1, 1, "c")));
    }
}
