using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Nadhir.Formats.Sirens;

namespace Nadhir.Tests.Outlets;

public sealed partial class OutletDocumentTests
{
    [Fact]
    public void Every_payload_shown_in_the_document_is_understood()
    {
        string text = File.ReadAllText(DocumentPath());
        string[] payloads = [.. Examples().Matches(text).Select(match => match.Groups["json"].Value)];
        Assert.Equal(5, payloads.Length);
        foreach (string payload in payloads)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(payload);
            bool known = payload.Contains("\"action\"", StringComparison.Ordinal)
                ? SirenWire.TryDecode(bytes, out SirenCommandMessage? _, out string fault)
                : SirenWire.TryDecode(bytes, out SirenStateMessage? _, out fault);
            Assert.True(known, $"{payload}: {fault}");
        }
    }

    static string DocumentPath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/sirens.md"));

    [GeneratedRegex(
        """(^|-m ')(?<json>\{"(commandId|state)".*?\})('|$)""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Examples();
}
