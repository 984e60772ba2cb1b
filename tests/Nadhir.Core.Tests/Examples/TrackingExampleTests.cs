using System.Reflection;
using System.Text.RegularExpressions;
using Example;
using Nadhir.Tracking;

namespace Nadhir.Core.Tests.Examples;

/// <summary>The library page shows this program and what it prints; both are held to it.</summary>
public sealed partial class TrackingExampleTests
{
    static readonly string root = Root(AppContext.BaseDirectory);
    static readonly string page = File.ReadAllText(Path.Combine(root, "docs/tracking-library.md"));
    static readonly string example = File.ReadAllText(
        Path.Combine(root, "tests/Nadhir.Core.Tests/Examples/TrackingExample.cs"));

    static string Block(string language)
    {
        Match block = Regex.Match(page, $"```{language}\n(.*?)```", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        Assert.True(block.Success, $"the page has no block of {language}");
        return block.Groups[1].Value;
    }

    [Fact]
    public void The_page_shows_the_program_that_is_compiled_here() => Assert.Equal(example, Block("csharp"));

    [Fact]
    public void The_program_prints_what_the_page_says()
    {
        StringWriter console = new() { NewLine = "\n" };
        TrackingExample.Run(console);
        Assert.Equal(Block("text"), console.ToString());
    }

    [Fact]
    public void The_program_needs_only_what_is_public()
    {
        string[] places = ["Nadhir.Geodesy", "Nadhir.Sensing", "Nadhir.Tracking", "Nadhir.Tracking.Engine"];
        Dictionary<string, Type> types = typeof(MultiSensorTracker).Assembly.GetTypes()
            .Where(type => places.Contains(type.Namespace))
            .GroupBy(type => type.Name).ToDictionary(named => named.Key, named => named.First());
        IEnumerable<string> words = Word().Matches(example).Select(word => word.Value).Distinct();
        Type[] used = [.. words.Where(types.ContainsKey).Select(word => types[word])];
        Assert.Contains(typeof(MultiSensorTracker), used);
        Assert.All(used, type => Assert.True(type.IsPublic, $"{type} is not public"));
        Assert.All(
            Member().Matches(example).Where(m => types.ContainsKey(m.Groups[1].Value)),
            m => Assert.NotEmpty(types[m.Groups[1].Value]
                .GetMember(m.Groups[2].Value, BindingFlags.Public | BindingFlags.Static)));
    }

    static string Root(string folder) => File.Exists(Path.Combine(folder, "Nadhir.slnx")) ? folder
        : Root(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))
            ?? throw new InvalidOperationException("outside the repository"));

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b([A-Z]\w+)\.([A-Z]\w+)")]
    private static partial Regex Member();
}
