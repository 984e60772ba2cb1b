using System.Runtime.CompilerServices;
using System.Text;

namespace Nadhir.Tests.Outlets;

/// <summary>
/// Compares with the approved text beside the test. With APPROVE=1 the text is accepted instead: read it in the diff.
/// </summary>
static class Snapshot
{
    public static void Matches(byte[] actual, string name, [CallerFilePath] string testFile = "")
    {
        string approved = Path.Combine(Path.GetDirectoryName(testFile)!, name);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllBytes(approved, actual);
            return;
        }

        Assert.True(File.Exists(approved), $"{name} is not approved yet: run with APPROVE=1 and read it");
        Assert.Equal(File.ReadAllText(approved, Encoding.UTF8), Encoding.UTF8.GetString(actual));
    }
}
