using System.Diagnostics;

namespace Nadhir.Tests.Outlets.Cap;

/// <summary>The programs of others that judge what we write.</summary>
static class Peer
{
    /// <summary>What a program said, and its exit code; skips the test when it is not installed.</summary>
    public static async Task<(int Code, string Said)> Run(string program, string package, IEnumerable<string> arguments)
    {
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        if (path is null) Assert.Skip($"{program} is not installed: apt-get install {package}");
        using Process process = Process.Start(new ProcessStartInfo(path!, arguments)
        {
            UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors + await output);
    }

    public static async Task<string> Said(string program, string package, IEnumerable<string> arguments) =>
        (await Run(program, package, arguments)).Said;
}
