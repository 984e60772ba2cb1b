using System.ComponentModel;
using System.Diagnostics;

namespace Nadhir.Tests.Storage;

/// <summary>docs/journal.md says how to check a record without Nadhir; this runs what it says.</summary>
public sealed class WalkThroughTests : IDisposable
{
    static readonly string[] tools = ["bash", "sha256sum", "sqlite3", "xxd", "openssl", "python3"];

    readonly RecordFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_documented_commands_verify_a_record()
    {
        string script = Script();
        folder.Sealed(333);
        (int exit, string output) = Run("bash", "-c", script);
        Assert.True(exit == 0, output);
        Assert.Contains("333 of 333 entries are those signed by", output, StringComparison.Ordinal);
        Assert.Contains("Signature Verified Successfully", output, StringComparison.Ordinal);
        string[] hashes = [.. output.Split('\n').Where(line => line.Length == 64)];
        Assert.Equal(2, hashes.Length);
        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact]
    public void The_documented_commands_find_a_changed_entry()
    {
        string script = Script();
        folder.Sealed(333);
        Damage.Run(folder, "UPDATE entries SET payload = x'00' WHERE seq = 12");
        (int exit, string output) = Run("bash", "-c", script.Replace("sha256sum -c journal.sha256\n", "", StringComparison.Ordinal));
        Assert.NotEqual(0, exit);
        Assert.Contains("entry 12 differs", output, StringComparison.Ordinal);
    }

    string Script()
    {
        foreach (string tool in tools) if (!IsHere(tool)) Assert.Skip($"{tool} is not installed");
        string text = File.ReadAllText(Document()).Split("## Checking a record without Nadhir\n")[1].Split("\n## ")[0];
        string[] blocks = [.. FencedBlocks(text)];
        Assert.Equal(4, blocks.Length);
        return "set -e -o pipefail\n" + string.Concat(blocks);
    }

    static IEnumerable<string> FencedBlocks(string text) =>
        text.Split("```sh\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]);

    static string Document()
    {
        for (DirectoryInfo? up = new(AppContext.BaseDirectory); up is not null; up = up.Parent)
            if (Path.Combine(up.FullName, "docs", "journal.md") is var path && File.Exists(path)) return path;
        throw new FileNotFoundException("docs/journal.md");
    }

    bool IsHere(string tool)
    {
        try
        {
            return Run("which", tool).Exit == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    (int Exit, string Output) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
